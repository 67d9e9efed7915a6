/* SPDX-License-Identifier: BSD-2-Clause */
/* What the plan says of the account itself, judged as the audit judges it. */
#include "pam_module/door.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define TEXT_SIZE 512
#define DAY INT64_C(86400)

/* The worst that is found, and what there is to say of it. */
struct judgement {
	const struct door *door;
	enum ward_act act;
	struct ward_finding finding; /* only its plain members and citations */
	char message[TEXT_SIZE];     /* for the log */
	char told[TEXT_SIZE];        /* in the user's language */
	struct ward_optional days_left; /* of the password */
};

/* Once its holder has set the password the first log-in has been, whether or
 * not a record of it was made. */
static enum ward_act
act_of(const struct door *door, const struct ward_finding *finding)
{
	if (finding->reason == WARD_REASON_FIRST_LOGIN_KEPT &&
	    door->marks.password != 0 && !door_is_temporary(door)) {
		return WARD_ACT_NONE;
	}
	return ward_finding_act(finding);
}

/* Some of what an auditor is told is not for whom it is about. */
static void
word(const struct ward_finding *finding, enum ward_language language,
    char message[TEXT_SIZE])
{
	const char *text = finding->rule == WARD_RULE_ACCOUNT_EXPIRED ?
	    N_("the account has ended") :
	    finding->reason == WARD_REASON_FIRST_LOGIN_KEPT ?
	    N_("it is the first one that was set") :
	    NULL;

	if (text != NULL) {
		(void)snprintf(message, TEXT_SIZE, "%s",
		    ward_text(language, text));
	} else {
		ward_finding_message(finding, language, NULL, message,
		    TEXT_SIZE);
	}
}

static int
hear(void *arg, const struct ward_finding *finding)
{
	struct judgement *j = arg;
	const enum ward_act act = act_of(j->door, finding);

	/* Of several documents the one that ends it first. */
	if (finding->rule == WARD_RULE_PASSWORD_MAX_AGE &&
	    finding->days_left.known &&
	    (!j->days_left.known ||
		finding->days_left.value < j->days_left.value)) {
		j->days_left = finding->days_left;
	}
	/* Dormant at the console: a way in that is left open, as nobody can
	 * reach it over the network. */
	if (act > j->act &&
	    !(finding->rule == WARD_RULE_ACCOUNT_DORMANT && j->door->console &&
		finding->subject.class == WARD_CLASS_PRIVILEGED)) {
		j->act = act;
		j->finding = *finding;
		word(finding, WARD_ENGLISH, j->message);
		word(finding, j->door->args.language, j->told);
	}
	return 0;
}

bool
door_is_temporary(const struct door *door)
{
	return ward_marks_temporary(&door->marks,
	    ward_local_password(door->local),
	    ward_local_account(door->local)->changed);
}

/*
 * Locked, or for keys only: shut for good to the audit, which does not see who
 * comes in. Those that only root becomes, of the system's own, stay so.
 */
static bool
is_open_after_all(const struct door *door, const struct ward_account *account)
{
	return door_class(door) != WARD_CLASS_SYSTEM &&
	    (account->password.state == WARD_PASSWORD_LOCKED ||
		account->password.state == WARD_PASSWORD_NONE);
}

static int
judge(const struct door *door, struct judgement *j, struct ward_error *err)
{
	struct ward_evaluation *evaluation = NULL;
	struct ward_account account = *ward_local_account(door->local);
	struct ward_host host = door->order->host;
	int r;

	account.temporary = door_is_temporary(door);
	if (is_open_after_all(door, &account)) {
		account.password.state = WARD_PASSWORD_EMPTY;
	}
	host.now = (struct ward_moment){ .seconds = time(NULL) };
	r = ward_evaluation_new(door->order->plan, &host, hear, j, &evaluation);
	if (r == 0) {
		r = ward_evaluate_account(evaluation, &account);
	}
	ward_evaluation_free(evaluation);
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

/* The sentence, why, and by which clause, if there is one. */
static void
tell(pam_handle_t *pamh, const struct door *door, const struct judgement *j,
    const char *sentence)
{
	const struct ward_citations cited = j->finding.citations;
	const char *text = ward_text(door->args.language, sentence);

	if (cited.count == 0) {
		door_tell(pamh, door, "%s%s", text, j->told);
	} else {
		door_tell(pamh, door, "%s%s (%s %s)", text, j->told,
		    cited.list[0].plan, cited.list[0].clauses);
	}
}

static int64_t
today(void)
{
	return ward_day_of(time(NULL));
}

/* Days left until the account ends, where that comes first: days_left has the
 * password's and this. */
static bool
ends_first(const struct door *door, int64_t days_left)
{
	const struct ward_optional expires = ward_local_account(door->local)
						 ->expires;

	return expires.known && expires.value - 1 - today() == days_left;
}

static void
warn_of_end(pam_handle_t *pamh, const struct door *door,
    const struct judgement *j)
{
	if (j->days_left.known &&
	    j->days_left.value <=
		ward_plan_warning_days(door->order->plan, door_class(door))) {
		door_tell(pamh, door,
		    ends_first(door, j->days_left.value) ?
			N_("Days left until this account ends: %lld") :
			N_("Days left until your password has to be changed: "
			   "%lld"),
		    (long long)j->days_left.value);
	}
}

/* Who runs su(1) as root, or sudo(8) without a password, wants the output of a
 * program and not a word about somebody's password in it. */
static bool
is_log_in(const struct door *door)
{
	return door->password ||
	    (door->from.rhost != NULL && *door->from.rhost != '\0');
}

static bool
is_put_off(const struct door *door, char date[WARD_MOMENT_SIZE])
{
	const int64_t day = ward_account_change_day(ward_local_account(
							door->local),
	    today());
	const struct ward_moment moment = { .seconds = day * DAY };

	ward_moment_format(moment, date);
	date[strcspn(date, "T")] = '\0';
	return day > 0;
}

bool
door_change_is_put_off(const struct door *door, char date[WARD_MOMENT_SIZE])
{
	struct judgement j = { .door = door, .act = WARD_ACT_NONE };

	return judge(door, &j, NULL) == 0 && j.act == WARD_ACT_CHANGE &&
	    is_put_off(door, date);
}

/* To demand what the module that changes passwords then refuses would keep the
 * holder out until the minimum age is over. */
static int
demand(pam_handle_t *pamh, struct door *door, const struct judgement *j)
{
	char date[WARD_MOMENT_SIZE], detail[TEXT_SIZE + 192];
	struct door_note note = { .finding = &j->finding,
		.detail = j->message };

	if (!is_put_off(door, date)) {
		(void)door_record(pamh, door, WARD_EVENT_CHANGE, &note);
		return PAM_NEW_AUTHTOK_REQD;
	}
	door_tell(pamh, door,
	    N_("It can't be changed before %s (UTC), by the minimum age in "
	       "shadow(5), and lets you in until then."),
	    date);
	(void)snprintf(detail, sizeof(detail),
	    "let in, as it can't be changed before %s, by the minimum age in "
	    "shadow(5): %s",
	    date, j->message);
	note.detail = detail;
	(void)door_record(pamh, door, WARD_EVENT_CHANGE, &note);
	return PAM_SUCCESS;
}

/*
 * A password is held to its age where it is used. Who has come by a key, or as
 * another user that may, is told: no service is stopped by it, and the password
 * gets nobody in before it is changed.
 */
static int
answer(pam_handle_t *pamh, struct door *door, const struct judgement *j)
{
	const struct door_note note = { .finding = &j->finding,
		.detail = j->message };

	door->silent |= !is_log_in(door) && j->act != WARD_ACT_REFUSE;
	switch (j->act) {
	case WARD_ACT_REFUSE:
		(void)door_record(pamh, door, WARD_EVENT_CLOSED, &note);
		tell(pamh, door, j, N_("This account is closed: "));
		return PAM_ACCT_EXPIRED;
	case WARD_ACT_CHANGE:
		tell(pamh, door, j, N_("The password has to be changed: "));
		return door->password ? demand(pamh, door, j) : PAM_SUCCESS;
	case WARD_ACT_WARN:
		tell(pamh, door, j, "");
		warn_of_end(pamh, door, j);
		return PAM_SUCCESS;
	default:
		warn_of_end(pamh, door, j);
		return PAM_SUCCESS;
	}
}

/* Not to stop what the system does by itself, as root: cron(8), atd(8). */
static bool
is_system_job(const struct door *door)
{
	return getuid() == 0 && strcmp(door->user, "root") == 0 &&
	    !door->password &&
	    (door->from.rhost == NULL || *door->from.rhost == '\0') &&
	    (door->from.tty == NULL || strchr(door->from.tty, '/') == NULL);
}

static int
trouble(pam_handle_t *pamh, struct door *door, const struct ward_error *err)
{
	const bool open = door_is_exempt(door) || is_system_job(door);

	door_fault_and(pamh, door, open ? "let in" : "refused", err);
	door_forget(door);
	return open ? PAM_IGNORE : PAM_SERVICE_ERR;
}

int
door_account(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct judgement j = { .act = WARD_ACT_NONE };
	struct door *door;
	int r = door_get(pamh, args, flags, &door);

	if (r != PAM_SUCCESS) {
		return r;
	}
	if (door->refused) {
		return PAM_AUTH_ERR;
	}
	switch (door_find(door, &err)) {
	case DOOR_OURS:
		door_warn(pamh, door);
		break;
	case DOOR_STRANGER:
		door_forget(door);
		return PAM_IGNORE;
	default:
		return trouble(pamh, door, &err);
	}
	/* No line of ours has heard how the password's test ended; but who is
	 * asked about the account has passed it. */
	if (door->tested && door_succeed(pamh, door) != PAM_SUCCESS) {
		return PAM_AUTH_ERR;
	}
	j.door = door;
	r = judge(door, &j, &err) == 0 ? answer(pamh, door, &j) :
					 trouble(pamh, door, &err);
	door_forget(door);
	return r;
}
