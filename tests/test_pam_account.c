/* SPDX-License-Identifier: BSD-2-Clause */
/* What the plan says of the account itself, from libpam's side. */
#include "tests/pam_case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#define DAY 86400

#define CONF \
	"[acctward]\nplan = P-ZX\n[account.dormant]\ndays = 90\n" \
	"[password.expiry_warning]\ndays = 14\n"
#define FIRST "[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n"

/* The clause of P-ZX that each rule stands in. */
#define AGE_CLAUSE "(P-ZX 玖.二.(二)1.(3))"
#define END_CLAUSE "(P-ZX 玖.二.(二)3)"

#define AUTH \
	"auth requisite @door preauth nodelay\n" \
	"auth [success=2 default=ignore] @probe\n" \
	"auth [default=die] @door authfail nodelay\n" \
	"auth requisite pam_deny.so\n" \
	"auth required @door authsucc\n"

/* A stack in which the module alone decides: what it returns comes out as it
 * is, but for PAM_IGNORE, of which libpam makes this. */
#define LONE AUTH "account required @door\n"
#define IGNORED PAM_PERM_DENIED

static int
setup(void **state)
{
	struct pam_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	pam_case_new(c, CONF);
	pam_case_service(c, "lone", LONE);
	*state = c;
	return 0;
}

static int
teardown(void **state)
{
	pam_case_free(*state);
	free(*state);
	return 0;
}

/* ---- how somebody comes in ------------------------------------------------ */

struct way {
	bool password;
	const char *tty, *rhost, *ruser;
	int flags;
};

static const struct way by_password = { true, "ssh", "192.0.2.7", NULL, 0 };
static const struct way by_key = { false, "ssh", "192.0.2.7", NULL, 0 };
static const struct way by_sudo = { false, "/dev/pts/1", NULL, "wang", 0 };
static const struct way at_console = { true, "tty1", NULL, NULL, 0 };

struct outcome {
	int status; /* of the account phase */
	char said[2048];
};

/* What was said, on lines of a terminal's width, as one line. */
static void
join_lines(char *said)
{
	for (char *end; (end = strchr(said, '\n')) != NULL; said = end + 1) {
		*end = '\0';
		assert_in_range(ward_columns(said), 0, 78);
		*end = ' ';
	}
}

static struct outcome
come_to(const struct pam_case *c, const char *service, const char *user,
    const struct way *way)
{
	struct outcome outcome;
	struct pam_login login;

	pam_login_start(c, service, user, way->tty, way->rhost, &login);
	if (way->ruser != NULL) {
		assert_int_equal(pam_set_item(login.pamh, PAM_RUSER,
				     way->ruser),
		    PAM_SUCCESS);
	}
	if (way->password) {
		assert_int_equal(pam_authenticate(login.pamh, way->flags),
		    PAM_SUCCESS);
	}
	login.status = pam_acct_mgmt(login.pamh, way->flags);
	outcome.status = login.status;
	memcpy(outcome.said, login.said, sizeof(outcome.said));
	join_lines(outcome.said);
	pam_login_end(&login);
	return outcome;
}

static struct outcome
come(const struct pam_case *c, const char *user, const struct way *way)
{
	return come_to(c, "lone", user, way);
}

#define assert_says(outcome, text) \
	assert_non_null(strstr((outcome).said, (text)))
#define assert_quiet(outcome) assert_string_equal((outcome).said, "")

static void
set_changed(struct pam_case *c, const char *user, long days_ago)
{
	pam_case_shadow(c, user, PAM_CASE_HASH, pam_case_today() - days_ago,
	    -1);
}

/* The one record of lastlog(8) that there is; days_ago < 0: an empty file. */
static void
set_last_use(struct pam_case *c, unsigned int uid, long days_ago)
{
	const size_t size = (uid + 1) * sizeof(struct lastlog);
	struct lastlog *list = calloc(uid + 1, sizeof(*list));

	assert_non_null(list);
	list[uid].ll_time = days_ago < 0 ?
	    0 :
	    (__typeof__(list->ll_time))(time(NULL) - days_ago * DAY);
	ward_tree_put(c->tree, "/var/log/lastlog", (const char *)list, size);
	free(list);
}

static void
put_passwd(struct pam_case *c, const char *more)
{
	char *text = pam_case_text(c, "/etc/passwd"), *whole = NULL;

	assert_true(asprintf(&whole, "%s%s", text, more) > 0);
	ward_tree_put(c->tree, "/etc/passwd", whole, strlen(whole));
	free(whole);
	free(text);
}

/* The last event of that kind, free() it; NULL: there is none. */
static char *
last_event(const struct pam_case *c, const char *id)
{
	char *text = pam_case_text(c, "/var/log/acctward/events.jsonl");
	char *line, *rest = text, *found = NULL;

	while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
		if (strstr(line, id) != NULL) {
			free(found);
			found = strdup(line);
		}
	}
	free(text);
	return found;
}

/* ---- password.max_age ----------------------------------------------------- */

/* 每90天應更換一次: day 90 still holds, day 91 does not. */
static void
test_max_age__at_its_edge(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;
	char *event;

	set_changed(c, "wang", 90);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "password.change_asked"), 0);
	set_changed(c, "wang", 91);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
	assert_says(out, "has to be changed");
	assert_says(out, AGE_CLAUSE);
	assert_int_equal(pam_case_events(c, "password.change_asked"), 1);
	event = last_event(c, "password.change_asked");
	assert_non_null(strstr(event, "\"rule\":\"password.max_age\""));
	assert_non_null(strstr(event, "\"plan\":\"P-ZX\""));
	assert_non_null(strstr(event, "\"user\":\"wang\""));
	free(event);
}

/* Behind the other modules, as the manual has it. */
static void
test_max_age__in_a_stack(void **state)
{
	struct pam_case *c = *state;

	set_changed(c, "wang", 91);
	assert_int_equal(come_to(c, "stack", "wang", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	assert_int_equal(come_to(c, "stack", "lee", &by_password).status,
	    PAM_SUCCESS);
}

/* Where the stack is left at the right password, `account` hears of it: with
 * a lockout or without, and whoever asks for the password. */
static void
test_max_age__behind_sufficient(void **state)
{
	const char *const stacks[] = {
		"auth required @door preauth nodelay\n"
		"auth sufficient @probe\n"
		"auth [default=die] @door authfail nodelay\n"
		"account required @door\n",
		"auth required @door preauth own_prompts nodelay\n"
		"auth sufficient @probe prompt\n"
		"auth [default=die] @door authfail own_prompts nodelay\n"
		"account required @door\n",
	};
	const char *const confs[] = { CONF, FIRST };
	struct pam_case *c = *state;

	for (size_t i = 0; i < 4; i++) {
		pam_case_service(c, "lone", stacks[i / 2]);
		pam_case_conf(c, confs[i % 2]);
		set_changed(c, "wang", 91);
		for (int j = 0; j < 4; j++) {
			assert_int_equal(pam_log_in(c, "lone", "wang", "wrong"),
			    PAM_AUTH_ERR);
		}
		assert_int_equal(come(c, "wang", &by_password).status,
		    PAM_NEW_AUTHTOK_REQD);
		/* The failures are forgotten, so that there is no fifth. */
		assert_int_equal(pam_log_in(c, "lone", "wang", "wrong"),
		    PAM_AUTH_ERR);
		set_changed(c, "wang", 1);
		assert_int_equal(come(c, "wang", &by_password).status,
		    PAM_SUCCESS);
	}
	assert_int_equal(pam_case_events(c, "login.locked"), 0);
}

/* The day of a month on which a time of so many months ends. */
static long
same_day(long day, int months)
{
	const time_t then = day * DAY;
	struct tm tm;

	assert_non_null(gmtime_r(&then, &tm));
	tm.tm_mon += months;
	return timegm(&tm) / DAY;
}

static bool
is_in_every_month(long day)
{
	const time_t then = day * DAY;
	struct tm tm;

	assert_non_null(gmtime_r(&then, &tm));
	return tm.tm_mday <= 28;
}

/* 至少6個月更換一次: held until the same date six months on. */
static void
test_max_age__months(void **state)
{
	struct pam_case *c = *state;
	const long today = pam_case_today();
	int held = 0, asked = 0;

	pam_case_conf(c, "[acctward]\nplan = K-SOC\n");
	for (long ago = 176; ago <= 190; ago++) {
		const bool over = today > same_day(today - ago, 6);
		struct outcome out;

		if (!is_in_every_month(today - ago)) {
			continue;
		}
		set_changed(c, "wang", ago);
		out = come(c, "wang", &by_password);
		assert_int_equal(out.status,
		    over ? PAM_NEW_AUTHTOK_REQD : PAM_SUCCESS);
		held += !over;
		asked += over;
	}
	assert_true(held > 0);
	assert_true(asked > 0);
}

static void
test_max_age__privileged(void **state)
{
	struct pam_case *c = *state;
	const char group[] = "root:x:0:\ndocker:x:500:lee\n";

	ward_tree_put(c->tree, "/etc/group", group, strlen(group));
	set_changed(c, "root", 91);
	set_changed(c, "lee", 91);
	assert_int_equal(come(c, "root", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	assert_int_equal(come(c, "lee", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	set_changed(c, "root", 90);
	set_changed(c, "lee", 90);
	assert_int_equal(come(c, "root", &by_password).status, PAM_SUCCESS);
	assert_int_equal(come(c, "lee", &by_password).status, PAM_SUCCESS);
}

/* What holds for one class. */
static void
test_max_age__stricter_for_a_class(void **state)
{
	struct pam_case *c = *state;
	const char group[] = "root:x:0:\ndocker:x:500:lee\n";

	pam_case_conf(c, CONF "[password.max_age privileged]\ndays = 30\n");
	ward_tree_put(c->tree, "/etc/group", group, strlen(group));
	set_changed(c, "lee", 31);
	set_changed(c, "wang", 31);
	assert_int_equal(come(c, "lee", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* By sudo's rules alone, once they are kept: that class's numbers, and what
 * stands against anybody. */
static void
test_max_age__kept_as_privileged(void **state)
{
	static const char list[] = "/var/lib/acctward/privileged";
	const char kept[] = "acctward privileged 1 0000000009\nlee sudo\n";
	struct pam_case *c = *state;

	pam_case_conf(c, CONF "[password.max_age privileged]\ndays = 30\n");
	set_changed(c, "lee", 31);
	set_changed(c, "wang", 31);
	assert_int_equal(come(c, "lee", &by_password).status, PAM_SUCCESS);
	ward_tree_put(c->tree, list, kept, sizeof(kept) - 1);
	assert_int_equal(come(c, "lee", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	set_changed(c, "lee", 30);
	assert_int_equal(come(c, "lee", &by_password).status, PAM_SUCCESS);
	/* A list that others could have written lets nobody in. */
	ward_tree_chmod(c->tree, list, 0666);
	assert_int_equal(come(c, "lee", &by_password).status, PAM_SERVICE_ERR);
	ward_tree_put(c->tree, list, kept, sizeof(kept) - 2);
	ward_tree_chmod(c->tree, list, 0600);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SERVICE_ERR);
}

/* Nobody would be there to type it: told, not stopped. */
static void
test_max_age__service_and_system(void **state)
{
	const char *const users[] = { "svc", "nightly", "backup" };
	struct pam_case *c = *state;

	put_passwd(c,
	    "nightly:x:1002:1002::/srv:/usr/sbin/nologin\n"
	    "backup:x:901:901::/srv:/bin/sh\n");
	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++) {
		struct outcome out;

		set_changed(c, users[i], 91);
		out = come(c, users[i], &by_password);
		assert_int_equal(out.status, PAM_SUCCESS);
		assert_says(out, AGE_CLAUSE);
	}
	assert_int_equal(pam_case_events(c, "password.change_asked"), 0);
}

/* A password is held to its age where it is used. */
static void
test_max_age__not_by_a_key(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;

	set_changed(c, "wang", 91);
	out = come(c, "wang", &by_key);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_says(out, AGE_CLAUSE);
	out = come(c, "wang", &by_sudo);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_quiet(out);
	assert_int_equal(pam_case_events(c, "password.change_asked"), 0);
}

/* Keys only, locked, no password: none of them has one that could be old. */
static void
test_max_age__accounts_without_a_password(void **state)
{
	const char *const fields[] = { "*", "!", "!!", "!*", "",
		"!" PAM_CASE_HASH };
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		pam_case_shadow(c, "wang", fields[i], pam_case_today() - 400,
		    -1);
		assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
		pam_case_shadow(c, "wang", fields[i], 0, -1);
		assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
	}
	/* It gets in by typing nothing. */
	pam_case_shadow(c, "wang", "", pam_case_today() - 400, -1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* chage -d 0 */
static void
test_max_age__change_asked_for_by_chage(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;

	pam_case_shadow(c, "wang", PAM_CASE_HASH, 0, -1);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
	assert_says(out, "must be changed at the next log-in");
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
}

/* A day that is not known is held against nobody. */
static void
test_max_age__day_not_known(void **state)
{
	struct pam_case *c = *state;

	pam_case_shadow(c, "wang", PAM_CASE_HASH, -1, -1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	set_changed(c, "wang", -30);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* ---- password.change_at_first_login ------------------------------------- */

static void
test_first_login__asked_once(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;
	char *event;

	pam_case_conf(c, FIRST);
	set_changed(c, "wang", 1);
	set_last_use(c, 1000, -1);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
	assert_says(out, "(tw-baseline-115-basic 第38項)");
	event = last_event(c, "password.change_asked");
	assert_non_null(event);
	assert_non_null(strstr(event, "password.change_at_first_login"));
	free(event);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
	/* Who has logged in has had the first log-in. */
	set_last_use(c, 1000, 1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* P-ZX does not ask for it. */
static void
test_first_login__not_where_no_plan_asks(void **state)
{
	struct pam_case *c = *state;

	set_changed(c, "wang", 1);
	set_last_use(c, 1000, -1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

static void
set_password(const struct pam_case *c, const char *user, int flags)
{
	struct pam_login login;

	pam_login_start(c, "stack", user, NULL, NULL, &login);
	assert_int_equal(pam_chauthtok(login.pamh, flags), PAM_SUCCESS);
	pam_login_end(&login);
}

/* By somebody else: an administrator, with passwd(1). */
static void
test_first_login__after_a_reset(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;

	if (getuid() == 1000) {
		skip(); /* wang is us */
	}
	pam_case_conf(c, FIRST);
	set_last_use(c, 1000, 1);
	set_changed(c, "wang", 0);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	pam_case_shadow(c, "wang", PAM_CASE_OTHER, pam_case_today(), -1);
	set_password(c, "wang", 0);
	assert_int_equal(pam_case_events(c, "password.reset"), 1);
	assert_true(pam_case_marks(c, "wang").reset);
	for (int i = 0; i < 2; i++) {
		/* Until it has been changed. */
		out = come(c, "wang", &by_password);
		assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
		assert_says(out, "an administrator has set the password");
	}
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
}

static void
set_least_age(struct pam_case *c, long days_ago, long days)
{
	pam_case_shadow(c, "wang", PAM_CASE_OTHER,
	    days_ago < 0 ? 0 : pam_case_today() - days_ago, -1);
	pam_case_least_age(c, "wang", days);
}

/* pam_unix(8) refuses it until tomorrow: asked for now, nobody would get in. */
static void
test_first_login__not_before_the_minimum_age(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;
	char *event;

	if (getuid() == 1000) {
		skip();
	}
	pam_case_conf(c, FIRST);
	set_last_use(c, 1000, 1);
	set_changed(c, "wang", 0);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	set_least_age(c, 0, 1);
	set_password(c, "wang", 0);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_says(out, "an administrator has set the password");
	assert_says(out, "It can't be changed before 2");
	event = last_event(c, "password.change_asked");
	assert_non_null(strstr(event, "let in, as it can't be changed"));
	assert_non_null(strstr(event, "password.change_at_first_login"));
	free(event);
	/* No more is said than before to whom it is not asked of. */
	out = come(c, "wang", &by_key);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_null(strstr(out.said, "It can't be changed"));
	assert_int_equal(pam_case_events(c, "password.change_asked"), 1);
	/* `chage -d 0', and the day after. */
	set_least_age(c, -1, 1);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	set_least_age(c, 1, 1);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	set_least_age(c, 1, 2);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* The whole of it: asked for, changed, and asked for no more. */
static void
change_when_asked(struct pam_case *c, const char *field)
{
	struct pam_login login;

	pam_login_start(c, "stack", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_NEW_AUTHTOK_REQD);
	/* As pam_unix would have done in this stack. */
	pam_case_shadow(c, "wang", field, pam_case_today(), -1);
	assert_int_equal(pam_chauthtok(login.pamh, PAM_CHANGE_EXPIRED_AUTHTOK),
	    PAM_SUCCESS);
	/* Some programs ask again. */
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_SUCCESS);
	pam_login_end(&login);
}

static void
test_first_login__changed_after_a_reset(void **state)
{
	struct pam_case *c = *state;

	if (getuid() == 1000) {
		skip();
	}
	pam_case_conf(c, FIRST);
	set_last_use(c, 1000, 1);
	set_changed(c, "wang", 0);
	set_password(c, "wang", 0);
	change_when_asked(c, PAM_CASE_OTHER);
	assert_int_equal(pam_case_events(c, "password.changed"), 1);
	assert_false(pam_case_marks(c, "wang").reset);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* No session has been opened since, and no record made. */
static void
test_first_login__changed_at_the_first(void **state)
{
	struct pam_case *c = *state;

	pam_case_conf(c, FIRST);
	set_last_use(c, 1000, -1);
	set_changed(c, "wang", 1);
	change_when_asked(c, PAM_CASE_OTHER);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

static void
test_max_age__changed_when_asked(void **state)
{
	struct pam_case *c = *state;

	set_changed(c, "wang", 91);
	change_when_asked(c, PAM_CASE_OTHER);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* usermod -p, an editor: noticed once the holder has been seen to set one. */
static void
test_first_login__behind_the_modules_back(void **state)
{
	struct pam_case *c = *state;

	pam_case_conf(c, FIRST);
	set_last_use(c, 1000, 1);
	set_changed(c, "wang", 91);
	change_when_asked(c, PAM_CASE_OTHER);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	/* Locked and unlocked: the same password. */
	pam_case_shadow(c, "wang", "!" PAM_CASE_OTHER, pam_case_today(), -1);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
	pam_case_shadow(c, "wang", PAM_CASE_OTHER, pam_case_today(), -1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(), -1);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
}

/* ---- password.expiry_warning ---------------------------------------------- */

static void
test_warning__from_its_day_on(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;

	set_changed(c, "wang", 90 - 15);
	assert_quiet(come(c, "wang", &by_password));
	set_changed(c, "wang", 90 - 14);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_says(out, "has to be changed: 14");
	set_changed(c, "wang", 90);
	assert_says(come(c, "wang", &by_password), "has to be changed: 0");
}

/* The system's own age ends it sooner. */
static void
test_warning__of_the_systems_age(void **state)
{
	struct pam_case *c = *state;
	char line[256];

	(void)snprintf(line, sizeof(line), "wang:%s:%ld:0:30:7:::\n",
	    PAM_CASE_HASH, pam_case_today() - 25);
	ward_tree_put(c->tree, "/etc/shadow", line, strlen(line));
	ward_tree_chmod(c->tree, "/etc/shadow", 0600);
	assert_says(come(c, "wang", &by_password), "has to be changed: 5");
}

/* Days that a plan does not give, or fewer: a week. */
static void
test_warning__without_a_number(void **state)
{
	const char *const confs[] = { "[acctward]\nplan = P-ZX\n",
		"[acctward]\nplan = P-ZX\n"
		"[password.expiry_warning]\ndays = 3\n" };
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(confs) / sizeof(confs[0]); i++) {
		pam_case_conf(c, confs[i]);
		set_changed(c, "wang", 90 - 8);
		assert_quiet(come(c, "wang", &by_password));
		set_changed(c, "wang", 90 - 7);
		assert_says(come(c, "wang", &by_password),
		    "has to be changed: 7");
	}
}

static void
test_said__nothing_where_silence_is_asked_for(void **state)
{
	struct pam_case *c = *state;
	struct way silent = by_password;
	struct outcome out;

	silent.flags = PAM_SILENT;
	pam_case_service(c, "mute", AUTH "account required @door silent\n");
	set_changed(c, "wang", 85);
	assert_quiet(come(c, "wang", &silent));
	assert_quiet(come_to(c, "mute", "wang", &by_password));
	set_changed(c, "wang", 91);
	out = come(c, "wang", &silent);
	assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
	assert_quiet(out);
	out = come_to(c, "mute", "wang", &by_password);
	assert_int_equal(out.status, PAM_NEW_AUTHTOK_REQD);
	assert_quiet(out);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(), 1);
	out = come_to(c, "mute", "wang", &by_key);
	assert_int_equal(out.status, PAM_ACCT_EXPIRED);
	assert_quiet(out);
}

static void
test_said__in_chinese(void **state)
{
	struct pam_case *c = *state;

	pam_case_service(c, "zh", AUTH "account required @door lang=zh_TW\n");
	set_changed(c, "wang", 85);
	assert_says(come_to(c, "zh", "wang", &by_password),
	    "距密碼須更換尚餘日數：5");
	set_changed(c, "wang", 91);
	assert_says(come_to(c, "zh", "wang", &by_password), "密碼須更換：");
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(), 1);
	assert_says(come_to(c, "zh", "wang", &by_password), "此帳號不得登入：");
}

/* ---- account.expired -------------------------------------------------------- */

static void
test_ended__refused_from_the_day_on(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;
	char *event;

	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(),
	    pam_case_today() + 1);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today(),
	    pam_case_today());
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_ACCT_EXPIRED);
	assert_says(out, END_CLAUSE);
	event = last_event(c, "account.refused");
	assert_non_null(event);
	assert_non_null(strstr(event, "\"rule\":\"account.expired\""));
	assert_non_null(strstr(event, "\"success\":false"));
	free(event);
	/* Before what is said of its password. */
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today() - 400,
	    pam_case_today() - 300);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_ACCT_EXPIRED);
}

/* Whichever way it comes in, and whatever its password is. */
static void
test_ended__by_every_way(void **state)
{
	const char *const fields[] = { PAM_CASE_HASH, "*", "!",
		"!" PAM_CASE_HASH, "" };
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		print_message("field %zu\n", i);
		pam_case_shadow(c, "wang", fields[i], pam_case_today(),
		    pam_case_today() - 1);
		assert_int_equal(come(c, "wang", &by_key).status,
		    PAM_ACCT_EXPIRED);
		assert_int_equal(come(c, "wang", &by_sudo).status,
		    PAM_ACCT_EXPIRED);
		assert_int_equal(come(c, "wang", &by_password).status,
		    PAM_ACCT_EXPIRED);
	}
}

/* ---- account.dormant -------------------------------------------------------- */

static void
test_dormant__at_its_edge(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;
	char *event;

	set_last_use(c, 1000, 90);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	set_last_use(c, 1000, 91);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_ACCT_EXPIRED);
	assert_says(out, "last used 91 days ago");
	assert_says(out, END_CLAUSE);
	event = last_event(c, "account.refused");
	assert_non_null(event);
	assert_non_null(strstr(event, "\"rule\":\"account.dormant\""));
	free(event);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_ACCT_EXPIRED);
	assert_int_equal(come(c, "wang", &by_sudo).status, PAM_ACCT_EXPIRED);
	/* Of its own uid. */
	assert_int_equal(come(c, "lee", &by_password).status, PAM_SUCCESS);
}

/* Keys only: it is open to whoever comes by one. */
static void
test_dormant__keys_only(void **state)
{
	struct pam_case *c = *state;

	set_last_use(c, 1000, 91);
	pam_case_shadow(c, "wang", "*", pam_case_today() - 400, -1);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_ACCT_EXPIRED);
	set_last_use(c, 1000, 90);
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
}

static void
set_marked_use(const struct pam_case *c, const char *user, long days_ago)
{
	struct ward_marks before = pam_case_marks(c, user), after = before;
	struct ward_state *state = NULL;
	struct ward_tally *tally = NULL;

	after.last_use = time(NULL) - days_ago * DAY;
	assert_int_equal(ward_state_open(c->tree, WARD_STATE_KEEP, &state,
			     NULL),
	    0);
	assert_int_equal(ward_tally_open(state, user, WARD_TALLY_MAKE, &tally,
			     NULL),
	    0);
	assert_int_equal(ward_tally_set_marks(tally, &before, &after, false,
			     NULL),
	    0);
	ward_tally_close(tally);
	ward_state_close(state);
}

/* The later of the two holds. */
static void
test_dormant__by_what_the_session_line_saw(void **state)
{
	struct pam_case *c = *state;

	set_marked_use(c, "wang", 91);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_ACCT_EXPIRED);
	set_last_use(c, 1000, 10);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
	set_last_use(c, 1000, 300);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_ACCT_EXPIRED);
	set_marked_use(c, "wang", 10);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* Some programs leave no record: let in, and told. */
static void
test_dormant__never_seen(void **state)
{
	struct pam_case *c = *state;
	struct outcome out;

	pam_case_conf(c,
	    "[acctward]\nplan = P-ZX\n[account.dormant]\ndays = 30\n");
	set_changed(c, "wang", 31);
	set_last_use(c, 1000, -1);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_says(out, "no log-in on a terminal is recorded");
	assert_null(strstr(out.said, "Days left"));
	assert_int_equal(pam_case_events(c, "account.refused"), 0);
	/* One warning does not keep back another. */
	set_changed(c, "wang", 85);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_says(out, "no log-in on a terminal is recorded");
	assert_says(out, "Days left until your password has to be changed: 5");
}

/* The plan gives no number, and neither does the agency. */
static void
test_dormant__not_without_a_number(void **state)
{
	struct pam_case *c = *state;

	pam_case_conf(c, "[acctward]\nplan = P-ZX\n");
	set_last_use(c, 1000, 4000);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

static void
test_dormant__at_the_console(void **state)
{
	struct pam_case *c = *state;
	const char group[] = "root:x:0:\ndocker:x:500:lee\n";
	struct way near = at_console;

	if (getuid() != 0) {
		skip(); /* a console is one where root's program asks */
	}
	ward_tree_put(c->tree, "/etc/group", group, strlen(group));
	set_last_use(c, 1001, 91);
	assert_int_equal(come(c, "lee", &at_console).status, PAM_SUCCESS);
	assert_int_equal(come(c, "lee", &by_password).status, PAM_ACCT_EXPIRED);
	near.ruser = "wang"; /* su(1) */
	assert_int_equal(come(c, "lee", &near).status, PAM_ACCT_EXPIRED);
	set_last_use(c, 1000, 91);
	assert_int_equal(come(c, "wang", &at_console).status, PAM_ACCT_EXPIRED);
	/* root is the way back in, everywhere. */
	set_last_use(c, 0, 400);
	assert_int_equal(come(c, "root", &by_password).status, PAM_SUCCESS);
}

/* ---- what is not ours, and what can't be decided ------------------------------ */

/* A rule that neither plan nor agency asks for is not enforced. */
static void
test_nothing__where_no_plan_asks(void **state)
{
	struct pam_case *c = *state;
	const char plan[] = "[plan]\nid = bare\ntitle = t\nagency = a\n"
			    "[password.min_length]\nmin = 8\nclause = 1\n";
	struct outcome out;

	ward_tree_put(c->tree, "/etc/acctward/plans/bare.conf", plan,
	    strlen(plan));
	pam_case_conf(c, "[acctward]\nplan = bare\n");
	set_last_use(c, 1000, 400);
	pam_case_shadow(c, "wang", PAM_CASE_HASH, pam_case_today() - 400,
	    pam_case_today() - 1);
	out = come(c, "wang", &by_password);
	assert_int_equal(out.status, PAM_SUCCESS);
	assert_quiet(out);
}

static void
test_ignored__no_local_account(void **state)
{
	struct pam_case *c = *state;

	assert_int_equal(come(c, "ldap-user", &by_key).status, IGNORED);
	assert_int_equal(come(c, "../wang", &by_key).status, IGNORED);
	assert_int_equal(come_to(c, "stack", "ldap-user", &by_key).status,
	    PAM_SUCCESS);
	assert_null(pam_case_text(c, "/var/log/acctward/events.jsonl"));
}

/* A stack that went on although `preauth` had refused. */
static void
test_refused__what_auth_has_refused(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_case_conf(c, FIRST);
	pam_case_service(c, "loose",
	    "auth [default=ignore] @door preauth nodelay\n"
	    "auth required pam_permit.so\n"
	    "account required @door\n");
	for (int i = 0; i < 5; i++) {
		assert_int_equal(pam_log_in(c, "lone", "wang", "wrong"),
		    PAM_AUTH_ERR);
	}
	pam_login_start(c, "loose", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_AUTH_ERR);
	pam_login_end(&login);
	/* A program that does not heed what authentication returned. */
	pam_login_start(c, "lone", "wang", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(pam_setcred(login.pamh, PAM_ESTABLISH_CRED),
	    PAM_CRED_ERR);
	pam_login_end(&login);
	/* Log-ins by key are not refused while the account is locked. */
	assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
}

static void
test_closed__options(void **state)
{
	const char *const options[] = { "sielnt", "root=relative", "lang=xx",
		"days=90", "plans=", "lang" };
	struct pam_case *c = *state;
	char text[128];

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "account required @door %s\n", options[i]);
		pam_case_service(c, "bad", text);
		assert_int_equal(come_to(c, "bad", "wang", &by_key).status,
		    PAM_SERVICE_ERR);
	}
}

static void
test_closed__no_plan_can_be_had(void **state)
{
	const char *const confs[] = { "[acctward]\nplan = none-such\n",
		"[acctward\n", "[acctward]\nplan = P-ZX\nplna = P-ZX\n" };
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(confs) / sizeof(confs[0]); i++) {
		pam_case_conf(c, confs[i]);
		assert_int_equal(come(c, "wang", &by_key).status,
		    PAM_SERVICE_ERR);
		assert_int_equal(pam_case_events(c, "state.fault"), i + 1);
	}
	if (getuid() == 0) {
		struct way near = at_console;

		near.password = false;
		assert_int_equal(come(c, "root", &near).status, IGNORED);
		assert_int_equal(come(c, "wang", &near).status,
		    PAM_SERVICE_ERR);
	}
}

/* cron(8) of root's goes on; that of others does not. */
static void
test_closed__but_for_the_systems_own(void **state)
{
	const struct way cron = { false, "cron", NULL, NULL, 0 };
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	assert_int_equal(come(c, "root", &cron).status, IGNORED);
	assert_int_equal(come(c, "wang", &cron).status, PAM_SERVICE_ERR);
	assert_int_equal(come(c, "root", &by_key).status, PAM_SERVICE_ERR);
	assert_int_equal(come(c, "root", &by_sudo).status, PAM_SERVICE_ERR);
}

/* A file that others may write is nothing to judge by. */
static void
test_closed__files_that_others_may_write(void **state)
{
	const char *const paths[] = { "/etc/passwd", "/etc/shadow",
		"/etc/group", "/etc/acctward/acctward.conf",
		"/var/lib/acctward", "/var/lib/acctward/accounts",
		"/var/lib/acctward/accounts/wang" };
	struct pam_case *c = *state;

	set_marked_use(c, "wang", 1);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		char *path = ward_tree_path(c->tree, paths[i]);
		struct stat st;

		print_message("%s\n", paths[i]);
		assert_int_equal(stat(path, &st), 0);
		free(path);
		ward_tree_chmod(c->tree, paths[i], 0777);
		assert_int_equal(come(c, "wang", &by_key).status,
		    PAM_SERVICE_ERR);
		ward_tree_chmod(c->tree, paths[i], st.st_mode & 07777);
		assert_int_equal(come(c, "wang", &by_key).status, PAM_SUCCESS);
	}
}

/* What is not known is held against nobody. */
static void
test_unknown__no_shadow(void **state)
{
	struct pam_case *c = *state;
	char *path = ward_tree_path(c->tree, "/etc/shadow");

	assert_int_equal(unlink(path), 0);
	free(path);
	assert_int_equal(come(c, "wang", &by_password).status, PAM_SUCCESS);
}

/* Run as another user, who can read what everybody can; his exit status. */
static int
run_as_nobody(const struct pam_case *c, const char *user)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0) {
			_exit(255);
		}
		_exit(come(c, user, &by_key).status);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The user's own screen locker. */
static void
test_ignored__caller_without_privileges(void **state)
{
	struct pam_case *c = *state;

	if (getuid() != 0) {
		skip();
	}
	assert_int_equal(chmod(c->tree, 0755), 0);
	if (getenv("TMPDIR") != NULL) {
		assert_int_equal(chmod(getenv("TMPDIR"), 0711), 0);
	}
	set_changed(c, "wang", 91);
	assert_int_equal(come(c, "wang", &by_password).status,
	    PAM_NEW_AUTHTOK_REQD);
	assert_int_equal(run_as_nobody(c, "wang"), IGNORED);
	assert_int_equal(run_as_nobody(c, "ldap-user"), IGNORED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_max_age__at_its_edge),
		CASE(test_max_age__in_a_stack),
		CASE(test_max_age__behind_sufficient),
		CASE(test_max_age__months),
		CASE(test_max_age__privileged),
		CASE(test_max_age__kept_as_privileged),
		CASE(test_max_age__stricter_for_a_class),
		CASE(test_max_age__service_and_system),
		CASE(test_max_age__not_by_a_key),
		CASE(test_max_age__accounts_without_a_password),
		CASE(test_max_age__change_asked_for_by_chage),
		CASE(test_max_age__day_not_known),
		CASE(test_max_age__changed_when_asked),
		CASE(test_first_login__asked_once),
		CASE(test_first_login__not_where_no_plan_asks),
		CASE(test_first_login__after_a_reset),
		CASE(test_first_login__not_before_the_minimum_age),
		CASE(test_first_login__changed_after_a_reset),
		CASE(test_first_login__changed_at_the_first),
		CASE(test_first_login__behind_the_modules_back),
		CASE(test_warning__from_its_day_on),
		CASE(test_warning__of_the_systems_age),
		CASE(test_warning__without_a_number),
		CASE(test_said__nothing_where_silence_is_asked_for),
		CASE(test_said__in_chinese),
		CASE(test_ended__refused_from_the_day_on),
		CASE(test_ended__by_every_way),
		CASE(test_dormant__at_its_edge),
		CASE(test_dormant__keys_only),
		CASE(test_dormant__by_what_the_session_line_saw),
		CASE(test_dormant__never_seen),
		CASE(test_dormant__not_without_a_number),
		CASE(test_dormant__at_the_console),
		CASE(test_nothing__where_no_plan_asks),
		CASE(test_ignored__no_local_account),
		CASE(test_refused__what_auth_has_refused),
		CASE(test_closed__options),
		CASE(test_closed__no_plan_can_be_had),
		CASE(test_closed__but_for_the_systems_own),
		CASE(test_closed__files_that_others_may_write),
		CASE(test_unknown__no_shadow),
		CASE(test_ignored__caller_without_privileges),
	};

	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
