/* SPDX-License-Identifier: BSD-2-Clause */
/* The trail of privileged use, and when an account was used last. */
#include "tests/pam_case.h"

#include <jansson.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CONF "[acctward]\nplan = P-ZX\n"
#define EVENTS "/var/log/acctward/events.jsonl"
#define SCHEMA "docs/schema/acctward-event-1.json"

/* The module alone; what libpam makes of PAM_IGNORE then. */
#define LONE "session required @door\n"
#define IGNORED PAM_PERM_DENIED

/* Of lee, who is root as soon as he wants. */
static const char group[] = "root:x:0:\ndocker:x:500:lee\n";

static int
setup(void **state)
{
	struct pam_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	pam_case_new(c, CONF);
	ward_tree_put(c->tree, "/etc/group", group, strlen(group));
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

/* From where a session is opened. */
struct place {
	const char *tty, *rhost, *ruser;
};

static const struct place network = { "ssh", "192.0.2.7", NULL };

static void
start(const struct pam_case *c, const char *user, const struct place *place,
    struct pam_login *ret_login)
{
	pam_login_start(c, "lone", user, place->tty, place->rhost, ret_login);
	if (place->ruser != NULL) {
		assert_int_equal(pam_set_item(ret_login->pamh, PAM_RUSER,
				     place->ruser),
		    PAM_SUCCESS);
	}
}

/* What opening and closing it return, which has to be the same. */
static int
run_session(const struct pam_case *c, const char *user,
    const struct place *place)
{
	struct pam_login login;
	int opened;

	start(c, user, place, &login);
	opened = pam_open_session(login.pamh, 0);
	login.status = pam_close_session(login.pamh, 0);
	assert_int_equal(login.status, opened);
	assert_string_equal(login.said, "");
	pam_login_end(&login);
	return opened;
}

/* ---- events ---------------------------------------------------------------- */

static json_t *
load_events(const struct pam_case *c)
{
	char *text = pam_case_text(c, EVENTS), *line, *rest = text;
	json_t *list = json_array();

	while (rest != NULL && (line = strsep(&rest, "\n")) != NULL) {
		if (*line != '\0') {
			json_t *event = json_loads(line, JSON_REJECT_DUPLICATES,
			    NULL);

			assert_non_null(event);
			assert_int_equal(json_array_append_new(list, event), 0);
		}
	}
	free(text);
	return list;
}

static void
check_member(const json_t *schema, const char *name, const json_t *value)
{
	const json_t *known = json_object_get(json_object_get(schema,
						  "properties"),
	    name);
	const char *pattern = json_string_value(
	    json_object_get(known, "pattern"));
	const char *type = json_string_value(json_object_get(known, "type"));
	regex_t regex;

	if (known == NULL) {
		fail_msg("the schema has no member %s", name);
	}
	assert_true(type == NULL || strcmp(type, "string") != 0 ||
	    json_is_string(value));
	assert_true(
	    json_object_get(known, "$ref") == NULL || json_is_string(value));
	assert_true(type == NULL || strcmp(type, "integer") != 0 ||
	    json_is_integer(value));
	assert_true(type == NULL || strcmp(type, "boolean") != 0 ||
	    json_is_boolean(value));
	if (pattern != NULL) {
		assert_int_equal(regcomp(&regex, pattern,
				     REG_EXTENDED | REG_NOSUB),
		    0);
		assert_int_equal(regexec(&regex, json_string_value(value), 0,
				     NULL, 0),
		    0);
		regfree(&regex);
	}
}

/* Every line has what the schema asks for, and nothing else. */
static void
check_events(const struct pam_case *c)
{
	json_t *schema = json_load_file(SCHEMA, 0, NULL), *events, *event;
	const char *name;
	json_t *value;
	size_t i, j;

	assert_non_null(schema);
	events = load_events(c);
	json_array_foreach(events, i, event)
	{
		json_object_foreach(event, name, value)
		{
			check_member(schema, name, value);
		}
		json_array_foreach(json_object_get(schema, "required"), j,
		    value)
		{
			assert_non_null(
			    json_object_get(event, json_string_value(value)));
		}
	}
	json_decref(events);
	json_decref(schema);
}

/* NULL: it has none. */
static void
assert_member(const json_t *event, const char *name, const char *expected)
{
	const char *text = json_string_value(json_object_get(event, name));

	if (expected == NULL) {
		assert_null(json_object_get(event, name));
	} else {
		assert_non_null(text);
		assert_string_equal(text, expected);
	}
}

static void
check_trail(const json_t *event, const char *id, const char *user,
    const struct place *place)
{
	assert_member(event, "event", id);
	assert_member(event, "user", user);
	assert_member(event, "service", "lone");
	assert_member(event, "tty", place->tty);
	assert_member(event, "rhost", place->rhost);
	if (place->ruser != NULL) {
		assert_member(event, "by", place->ruser);
	}
	assert_member(event, "rule", "privileged.trail");
	assert_member(event, "plan", "P-ZX");
	assert_member(event, "clause", "玖.二.(三)4 | 玖.二.(一)3");
	assert_true(json_is_true(json_object_get(event, "success")));
}

/* ---- the trail --------------------------------------------------------------- */

static void
test_trail__privileged_accounts(void **state)
{
	const char *const users[] = { "root", "lee" };
	const struct place places[] = {
		{ "ssh", "192.0.2.7", NULL },
		{ "/dev/pts/3", NULL, "wang" }, /* sudo(8), su(1) */
		{ "tty1", NULL, NULL },
		{ NULL, NULL, "wang" },
		{ NULL, "host.example", NULL },
	};
	struct pam_case *c = *state;
	json_t *events;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		for (size_t j = 0; j < 2; j++) {
			assert_int_equal(run_session(c, users[j], &places[i]),
			    PAM_SUCCESS);
		}
	}
	events = load_events(c);
	assert_int_equal(json_array_size(events), 20);
	for (size_t i = 0; i < 20; i++) {
		check_trail(json_array_get(events, i),
		    i % 2 == 0 ? "session.opened" : "session.closed",
		    users[i / 2 % 2], &places[i / 4]);
	}
	json_decref(events);
	check_events(c);
}

/* Who is one by sudo's rules, from when that is kept. */
static void
test_trail__kept_as_privileged(void **state)
{
	static const char list[] = "/var/lib/acctward/privileged";
	const char kept[] = "acctward privileged 1 0000000010\nwang sudo\n";
	struct pam_case *c = *state;

	assert_int_equal(run_session(c, "wang", &network), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "session.opened"), 0);
	ward_tree_put(c->tree, list, kept, sizeof(kept) - 1);
	assert_int_equal(run_session(c, "wang", &network), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "session.opened"), 1);
}

static void
test_trail__its_uid_and_time(void **state)
{
	struct pam_case *c = *state;
	json_t *events, *event;
	struct tm tm = { .tm_isdst = -1 };
	time_t now = time(NULL), then;

	assert_int_equal(run_session(c, "lee", &network), PAM_SUCCESS);
	events = load_events(c);
	event = json_array_get(events, 0);
	assert_int_equal(json_integer_value(json_object_get(event, "uid")),
	    1001);
	assert_non_null(
	    strptime(json_string_value(json_object_get(event, "time")),
		"%Y-%m-%dT%H:%M:%S%z", &tm));
	/* UTC, whatever the zone of who runs it. */
	assert_int_equal(tm.tm_gmtoff, 0);
	then = timegm(&tm);
	assert_in_range(then - now + 60, 50, 70);
	json_decref(events);
}

static void
test_trail__none_of_persons(void **state)
{
	struct pam_case *c = *state;

	assert_int_equal(run_session(c, "wang", &network), PAM_SUCCESS);
	assert_int_equal(run_session(c, "svc", &network), PAM_SUCCESS);
	assert_null(pam_case_text(c, EVENTS));
}

/* What the system starts by itself is nobody's session. */
static void
test_trail__none_of_the_systems_own(void **state)
{
	const struct place places[] = {
		{ "cron", NULL, NULL },
		{ "cron", "", "" },
		{ NULL, NULL, NULL },
		{ "", "", "" },
	};
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		assert_int_equal(run_session(c, "root", &places[i]),
		    PAM_SUCCESS);
		assert_int_equal(run_session(c, "lee", &places[i]),
		    PAM_SUCCESS);
	}
	assert_null(pam_case_text(c, EVENTS));
	/* Nor does a job keep a person's account in use. */
	assert_int_equal(pam_case_marks(c, "wang").last_use, 0);
}

/* A rule that neither plan nor agency asks for is not enforced. */
static void
test_trail__not_where_no_plan_asks(void **state)
{
	const char plan[] = "[plan]\nid = bare\ntitle = t\nagency = a\n"
			    "[password.min_length]\nmin = 8\nclause = 1\n";
	struct pam_case *c = *state;

	ward_tree_put(c->tree, "/etc/acctward/plans/bare.conf", plan,
	    strlen(plan));
	pam_case_conf(c, "[acctward]\nplan = bare\n");
	assert_int_equal(run_session(c, "root", &network), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "session.opened"), 0);
	/* The agency asks for it. */
	pam_case_conf(c,
	    "[acctward]\nplan = bare\n[privileged.trail]\n"
	    "clause = 2026-11\n");
	assert_int_equal(run_session(c, "root", &network), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "session.opened"), 1);
	assert_int_equal(pam_case_events(c, "session.closed"), 1);
}

/* Names as hostile as a caller can make them stay in their line. */
static void
test_trail__hostile_names(void **state)
{
	const struct place place = { "/dev/pts/3", "a\"b\\c\n{}\x1b[2J",
		"wang\",\"success\":false}\n\xff" };
	struct pam_case *c = *state;
	json_t *events;

	assert_int_equal(run_session(c, "root", &place), PAM_SUCCESS);
	events = load_events(c);
	assert_int_equal(json_array_size(events), 2);
	assert_member(json_array_get(events, 0), "rhost", place.rhost);
	json_decref(events);
	check_events(c);
}

/* ---- the last use --------------------------------------------------------------- */

static void
test_use__is_marked_for_all(void **state)
{
	const char *const users[] = { "root", "lee", "wang", "svc" };
	struct pam_case *c = *state;

	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++) {
		assert_int_equal(run_session(c, users[i], &network),
		    PAM_SUCCESS);
		assert_in_range(time(NULL) -
			pam_case_marks(c, users[i]).last_use,
		    0, 10);
	}
}

/* A session that is only closed was opened by somebody else. */
static void
test_use__not_by_closing(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	start(c, "wang", &network, &login);
	assert_int_equal(pam_close_session(login.pamh, 0), PAM_SUCCESS);
	pam_login_end(&login);
	assert_int_equal(pam_case_marks(c, "wang").last_use, 0);
}

/* ---- what it returns --------------------------------------------------------------- */

static void
test_returns__no_local_account(void **state)
{
	struct pam_case *c = *state;

	assert_int_equal(run_session(c, "ldap-user", &network), IGNORED);
	assert_int_equal(run_session(c, "../wang", &network), IGNORED);
	assert_null(pam_case_text(c, EVENTS));
}

static void
test_returns__options(void **state)
{
	const char *const options[] = { "sielnt", "root=relative", "trail" };
	struct pam_case *c = *state;
	char text[64];

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "session required @door %s\n", options[i]);
		pam_case_service(c, "lone", text);
		assert_int_equal(run_session(c, "root", &network),
		    PAM_SESSION_ERR);
	}
}

/* Who is refused by it is refused before a session; who is in is recorded as
 * well as it can be. */
static void
test_returns__no_plan_can_be_had(void **state)
{
	struct pam_case *c = *state;

	pam_case_conf(c, "[acctward]\nplan = none-such\n");
	assert_int_equal(run_session(c, "root", &network), IGNORED);
	assert_int_equal(pam_case_events(c, "state.fault"), 2);
	check_events(c);
}

static void
test_returns__no_name(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_login_start(c, "lone", "", NULL, NULL, &login);
	assert_int_not_equal(pam_open_session(login.pamh, 0), PAM_SUCCESS);
	pam_login_end(&login);
}

/* All of a log-in, in the manual's stack. */
static void
test_stack__one_log_in(void **state)
{
	struct pam_case *c = *state;
	struct pam_login login;

	pam_login_start(c, "stack", "root", "ssh", "192.0.2.7", &login);
	assert_int_equal(pam_authenticate(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_setcred(login.pamh, PAM_ESTABLISH_CRED),
	    PAM_SUCCESS);
	assert_int_equal(pam_open_session(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_case_events(c, "session.opened"), 1);
	assert_int_equal(pam_case_events(c, "session.closed"), 0);
	assert_int_equal(pam_close_session(login.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_setcred(login.pamh, PAM_DELETE_CRED), PAM_SUCCESS);
	pam_login_end(&login);
	assert_int_equal(pam_case_events(c, "session.closed"), 1);
	check_events(c);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* With an argument: only the cases that its glob names. */
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(test_trail__privileged_accounts),
		CASE(test_trail__kept_as_privileged),
		CASE(test_trail__its_uid_and_time),
		CASE(test_trail__none_of_persons),
		CASE(test_trail__none_of_the_systems_own),
		CASE(test_trail__not_where_no_plan_asks),
		CASE(test_trail__hostile_names),
		CASE(test_use__is_marked_for_all),
		CASE(test_use__not_by_closing),
		CASE(test_returns__no_local_account),
		CASE(test_returns__options),
		CASE(test_returns__no_plan_can_be_had),
		CASE(test_returns__no_name),
		CASE(test_stack__one_log_in),
	};

	if (argc > 1) {
		cmocka_set_test_filter(argv[1]);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
