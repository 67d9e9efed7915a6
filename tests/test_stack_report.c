/* SPDX-License-Identifier: BSD-2-Clause */
/* stack*.c of report/: what is said of services, by proofs made by hand. */
#include "support.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const struct ward_source quality = { "/etc/security/pwquality.conf", 3 };
static const struct ward_source unix_line = { "/etc/pam.d/common-auth", 17 };
static const struct ward_service_step way[] = {
	{ { "/etc/pam.d/sshd", 4 }, "pam_nologin.so", "ignore" },
	{ { "/etc/pam.d/common-auth", 17 }, "pam_unix.so", "success" },
};

/* A service of which everything is held, for users and root. */
static struct ward_service
held(const char *name)
{
	static const int64_t numbers[WARD_CLAIM_COUNT] = {
		[WARD_CLAIM_MIN_LENGTH] = 12,
		[WARD_CLAIM_MIN_CLASSES] = 3,
		[WARD_CLAIM_HISTORY] = 2,
		[WARD_CLAIM_LOCKED] = 5,
	};
	struct ward_service s = { .name = name,
		.source = { "/etc/pam.d/sshd", 0 } };

	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			s.claims[by][id] = (struct ward_claim){
				.proof = WARD_PROOF_HELD,
				.number = { numbers[id] > 0, numbers[id] },
				.source = quality,
			};
		}
		s.claims[by][WARD_CLAIM_LOCKED]
		    .seconds = (struct ward_optional){ true, 900 };
	}
	return s;
}

static void
set_both(struct ward_service *s, enum ward_claim_id id, struct ward_claim claim)
{
	s->claims[WARD_BY_USER][id] = claim;
	s->claims[WARD_BY_ROOT][id] = claim;
}

static struct ward_claim
broken(const char *why)
{
	return (struct ward_claim){ .proof = WARD_PROOF_BROKEN,
		.source = unix_line,
		.why = why,
		.steps = way,
		.step_count = 2 };
}

static struct ward_claim
unknown(const char *why)
{
	return (struct ward_claim){ .proof = WARD_PROOF_UNKNOWN,
		.source = unix_line,
		.why = why };
}

/* No line is wider than a terminal. */
static void
check_width(const char *text)
{
	for (const char *end; *text != '\0'; text = end + 1) {
		char line[512];

		end = strchr(text, '\n');
		assert_non_null(end);
		assert_true((size_t)(end - text) < sizeof(line));
		(void)snprintf(line, sizeof(line), "%.*s", (int)(end - text),
		    text);
		if (ward_columns(line) > 79) {
			fail_msg("too wide: %s", line);
		}
	}
}

static char *
render(const char *format_name, enum ward_language language, bool all,
    const struct ward_service *claims, size_t count)
{
	const struct ward_stack_format *format = ward_stack_format(format_name);
	struct ward_report report = { .language = language, .count = 1 };
	struct ward_stack_summary summary = { .services = 0 };
	char *text = NULL;
	size_t size;

	report.stream = open_memstream(&text, &size);
	assert_non_null(report.stream);
	assert_int_equal(format->begin(&report, all), 0);
	for (size_t i = 0; i < count; i++) {
		const struct ward_pam_service service = {
			.name = claims[i].name
		};
		const struct ward_stack stack = { &service, &claims[i], true };

		ward_stack_count(&stack, &summary);
		assert_int_equal(all ? format->row(&report, &stack) :
				       format->whole(&report, &stack),
		    0);
	}
	assert_int_equal(format->end(&report, &summary), 0);
	if (format->free != NULL) {
		format->free(&report);
	}
	assert_int_equal(fclose(report.stream), 0);
	if (strcmp(format_name, "text") == 0) {
		check_width(text);
	}
	return text;
}

/* What is said behind the lines, of which these services have none. */
static void
check_proof(const struct ward_service *claims, const char *wanted)
{
	char *text = render("text", WARD_ENGLISH, false, claims, 1), *at;

	at = strstr(text, "session (no line: perm_denied)\n");
	assert_non_null(at);
	assert_string_equal(strchr(at, '\n') + 1, wanted);
	free(text);
	free(render("text", WARD_CHINESE_TAIWAN, false, claims, 1));
}

#define HEAD \
	"\nWhat holds, whatever its modules answer; for root, what differs\n"
#define PASSWORD_HELD \
	"  A new password\n" \
	"    held      has 12 bytes or more [/etc/security/pwquality.conf:3]\n" \
	"    held      has characters of 3 classes or more\n" \
	"              [/etc/security/pwquality.conf:3]\n" \
	"    held      does not contain the account's name\n" \
	"              [/etc/security/pwquality.conf:3]\n" \
	"    held      was held against a dictionary " \
	"[/etc/security/pwquality.conf:3]\n" \
	"    held      is neither the current one nor one of the 2 before it\n" \
	"              [/etc/security/pwquality.conf:3]\n"
#define ACCOUNT_HELD \
	"  An account\n" \
	"    held      is not let in once it has ended " \
	"[/etc/security/pwquality.conf:3]\n" \
	"    held      is not let in before its password is changed, where " \
	"that has to\n" \
	"              be [/etc/security/pwquality.conf:3]\n"

static void
test_text__all_held(void **state)
{
	struct ward_service s = held("sshd");

	(void)state;
	check_proof(&s,
	    HEAD PASSWORD_HELD
	    "  Log-in by password\n"
	    "    held      an account is locked after 5 counted failures, for "
	    "900 seconds\n"
	    "              [/etc/security/pwquality.conf:3]\n"
	    "    held      each wrong password is counted "
	    "[/etc/security/pwquality.conf:3]\n"
	    "    held      a wrong password lets nobody in "
	    "[/etc/security/pwquality.conf:3]\n"
	    "    held      a right password sets the count back\n"
	    "              [/etc/security/pwquality.conf:3]\n"
	    "    held      nobody but root is let in without being asked for "
	    "anything\n"
	    "              [/etc/security/pwquality.conf:3]\n"
	    "    held      no account with an empty password is let in\n"
	    "              [/etc/security/pwquality.conf:3]\n" ACCOUNT_HELD
	    "\nHeld: 13; not held: 0; unknown: 0; no case: 0; otherwise for "
	    "root: 0\n");
}

/* What is broken by one line is told once, with its way; of root what
 * differs. */
static void
test_text__broken(void **state)
{
	struct ward_service s = held("sshd");

	(void)state;
	set_both(&s, WARD_CLAIM_LOCKED,
	    broken("no line locks an account after failures"));
	set_both(&s, WARD_CLAIM_COUNTED,
	    broken("no line locks an account after failures"));
	set_both(&s, WARD_CLAIM_RIGHT, unknown("its module is not there"));
	set_both(&s, WARD_CLAIM_RESET,
	    (struct ward_claim){ .proof = WARD_PROOF_NONE });
	s.claims[WARD_BY_ROOT][WARD_CLAIM_EMPTY] = broken(
	    "it lets an empty password pass");
	check_proof(&s,
	    HEAD PASSWORD_HELD
	    "  Log-in by password\n"
	    "    NOT HELD  an account that is locked is not let in\n"
	    "    NOT HELD  each wrong password is counted\n"
	    "        /etc/pam.d/common-auth:17: no line locks an account "
	    "after failures\n"
	    "        as on this way, where the modules return:\n"
	    "          /etc/pam.d/sshd:4          pam_nologin.so -> ignore\n"
	    "          /etc/pam.d/common-auth:17  pam_unix.so -> success\n"
	    "    UNKNOWN   a wrong password lets nobody in\n"
	    "        /etc/pam.d/common-auth:17: its module is not there\n"
	    "    no case   a right password sets the count back\n"
	    "    held      nobody but root is let in without being asked for "
	    "anything\n"
	    "              [/etc/security/pwquality.conf:3]\n"
	    "    held      no account with an empty password is let in\n"
	    "              [/etc/security/pwquality.conf:3]\n"
	    "    root: NOT HELD  no account with an empty password is let in\n"
	    "        /etc/pam.d/common-auth:17: it lets an empty password "
	    "pass\n"
	    "        as on this way, where the modules return:\n"
	    "          /etc/pam.d/sshd:4          pam_nologin.so -> ignore\n"
	    "          /etc/pam.d/common-auth:17  pam_unix.so -> "
	    "success\n" ACCOUNT_HELD
	    "\nHeld: 9; not held: 2; unknown: 1; no case: 1; otherwise for "
	    "root: 1\n");
}

/* A claim's row of a service that holds all else. */
static void
check_row(enum ward_claim_id id, struct ward_claim claim, const char *wanted)
{
	struct ward_service s = held("sshd");
	char *text;

	set_both(&s, id, claim);
	text = render("text", WARD_ENGLISH, false, &s, 1);
	if (strstr(text, wanted) == NULL) {
		fail_msg("no '%s' in:\n%s", wanted, text);
	}
	free(text);
	free(render("text", WARD_CHINESE_TAIWAN, false, &s, 1));
}

#define KNOWN(n) \
	{ \
		true, n \
	}

static void
test_text__numbers(void **state)
{
	static const struct {
		enum ward_claim_id id;
		struct ward_claim claim;
		const char *wanted;
	} cases[] = {
		{ WARD_CLAIM_MIN_LENGTH, { .number = KNOWN(1) },
		    " has 1 byte or more\n" },
		{ WARD_CLAIM_MIN_CLASSES, { .number = KNOWN(1) },
		    " has characters of 1 class or more\n" },
		{ WARD_CLAIM_HISTORY, { .number = KNOWN(0) },
		    " is not the current one (older ones refused: 0)\n" },
		{ WARD_CLAIM_HISTORY, { .number = KNOWN(1) },
		    " is neither the current one nor the 1 before it\n" },
		{ WARD_CLAIM_LOCKED,
		    { .number = KNOWN(1), .seconds = KNOWN(1) },
		    " an account is locked after 1 counted failure, for 1 second\n" },
		{ WARD_CLAIM_LOCKED,
		    { .number = KNOWN(3), .seconds = KNOWN(0) },
		    " an account is locked after 3 counted failures, for good: "
		    "until\n" },
		{ WARD_CLAIM_LOCKED, { .seconds = KNOWN(60) },
		    " an account that is locked is not let in, for 60 "
		    "seconds\n" },
		{ WARD_CLAIM_MIN_LENGTH, { .by_plan = true },
		    " has a least length, as the plan asks "
		    "(pam_acctward.so)\n" },
		{ WARD_CLAIM_MIN_LENGTH,
		    { .by_plan = true, .number = KNOWN(6) },
		    " has a least length, as the plan asks (pam_acctward.so); "
		    "without\n              it: has 6 bytes or more\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_claim claim = cases[i].claim;

		claim.proof = WARD_PROOF_HELD;
		check_row(cases[i].id, claim, cases[i].wanted);
	}
}

static void
set_all(struct ward_service *s, struct ward_claim claim)
{
	for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
		set_both(s, id, claim);
	}
}

static void
test_text__at_once(void **state)
{
	struct ward_service s = held("sshd");

	(void)state;
	set_all(&s, unknown("it names no module"));
	check_proof(&s,
	    HEAD "    UNKNOWN   all of it\n"
		 "        /etc/pam.d/common-auth:17: it names no module\n"
		 "\nHeld: 0; not held: 0; unknown: 13; no case: 0; otherwise "
		 "for root: 0\n");
	set_both(&s, WARD_CLAIM_ENDED,
	    (struct ward_claim){ .proof = WARD_PROOF_NONE });
	set_both(&s, WARD_CLAIM_CHANGE,
	    (struct ward_claim){ .proof = WARD_PROOF_NONE });
	check_proof(&s,
	    HEAD "  A new password\n"
		 "    UNKNOWN   all of this\n"
		 "        /etc/pam.d/common-auth:17: it names no module\n"
		 "  Log-in by password\n"
		 "    UNKNOWN   all of this\n"
		 "        /etc/pam.d/common-auth:17: it names no module\n"
		 "  An account\n"
		 "    no case   no account is let in\n"
		 "\nHeld: 0; not held: 0; unknown: 11; no case: 2; otherwise "
		 "for root: 0\n");
	s.fragment = true;
	check_proof(&s,
	    "  (only a part that other services include: it is judged with "
	    "those, and\n"
	    "  nothing is proved of it alone)\n");
}

static void
test_table(void **state)
{
	struct ward_service s[] = { held("common-auth"), held("login"),
		held("gdm-smartcard-pkcs11"), held("su") };
	char *text, *at;

	(void)state;
	s[0].fragment = true;
	for (size_t i = 2; i < 4; i++) {
		set_both(&s[i], WARD_CLAIM_NAME, broken("none"));
		set_both(&s[i], WARD_CLAIM_WEAK, broken("none"));
		s[i].claims[WARD_BY_ROOT][WARD_CLAIM_MIN_LENGTH] = broken(
		    "root is not held to it");
	}
	set_both(&s[3], WARD_CLAIM_RESET,
	    (struct ward_claim){ .proof = WARD_PROOF_NONE });
	set_both(&s[3], WARD_CLAIM_ENDED, unknown("its module is not there"));
	s[3].claims[0][WARD_CLAIM_LOCKED].by_plan = true;
	s[3].claims[1][WARD_CLAIM_LOCKED].by_plan = true;
	text = render("text", WARD_ENGLISH, true, s, 4);
	at = strstr(text, "\n              A new password");
	assert_non_null(at);
	*strstr(at, "\n\nyes, or") = '\0';
	assert_string_equal(at,
	    "\n              A new password           Log-in by password"
	    "            An account\n"
	    "              len  cls name dict  old lock  cnt  bad zero  ask "
	    "null  end  chg\n"
	    "login          12    3  yes  yes    2    5  yes  yes  yes  yes  "
	    "yes  yes  yes\n"
	    "gdm-smartcard-pkcs11\n"
	    "               12*   3   NO   NO    2    5  yes  yes  yes  yes  "
	    "yes  yes  yes\n"
	    "su             12*   3   NO   NO    2 plan  yes  yes    -  yes  "
	    "yes    ?  yes");
	at = strstr(at + strlen(at) + 1, "\nNot held, and where\n");
	assert_non_null(at);
	*strstr(at, "\n`acctward stack") = '\0';
	assert_string_equal(at,
	    "\nNot held, and where\n"
	    "  name dict: /etc/pam.d/common-auth:17: none\n"
	    "      gdm-smartcard-pkcs11 su\n"
	    "\nNot known, and for what\n"
	    "  end: /etc/pam.d/common-auth:17: its module is not there\n"
	    "      su\n"
	    "\nNot held for root, and where\n"
	    "  len: /etc/pam.d/common-auth:17: root is not held to it\n"
	    "      gdm-smartcard-pkcs11 su\n"
	    "\nOnly parts that others include, judged with those\n"
	    "  common-auth\n"
	    "\nServices: 3; all held: 1; something not held: 2; not known: 0; "
	    "no case: 0");
	free(text);
	text = render("text", WARD_CHINESE_TAIWAN, true, s, 4);
	assert_non_null(strstr(text,
	    "\n             長度 種類 帳號 字典 重複 鎖定 計次 錯誤 歸零 驗證 "
	    "空白 到期 變更\n"));
	assert_non_null(strstr(text,
	    "\nsu             12*   3   否   否    2 計畫   是   是    -   是 "
	    "  是    ?   是\n"));
	free(text);
}

static json_t *
load(const struct ward_service *s, size_t count)
{
	char *text = render("json", WARD_ENGLISH, true, s, count);
	char *again = render("json", WARD_ENGLISH, true, s, count);
	json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(document);
	assert_string_equal(text, again);
	free(text);
	free(again);
	return document;
}

static const char *
word_at(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void
test_json(void **state)
{
	struct ward_service s[] = { held("login"), held("a\033b"),
		held("common-auth") };
	json_t *whole, *document, *service, *claim, *step;

	(void)state;
	s[2].fragment = true;
	set_both(&s[1], WARD_CLAIM_EMPTY,
	    broken("it lets an empty password pass"));
	whole = load(s, 3);
	assert_string_equal(word_at(whole, "schema"), "acctward-stack/1");
	assert_int_equal(json_integer_value(
			     json_object_get(json_object_get(whole, "summary"),
				 "broken")),
	    1);
	document = json_object_get(whole, "services");
	assert_int_equal(json_array_size(document), 3);
	assert_true(json_is_null(
	    json_object_get(json_array_get(document, 2), "claims")));
	service = json_array_get(document, 0);
	claim = json_array_get(json_object_get(json_object_get(service,
						   "claims"),
				   "root"),
	    WARD_CLAIM_LOCKED);
	assert_string_equal(word_at(claim, "claim"), "locked");
	assert_string_equal(word_at(claim, "proof"), "held");
	assert_string_equal(word_at(claim, "unit"), "failures");
	assert_int_equal(json_integer_value(json_object_get(claim, "number")),
	    5);
	assert_int_equal(json_integer_value(json_object_get(claim, "seconds")),
	    900);
	assert_string_equal(word_at(claim, "source"),
	    "/etc/security/pwquality.conf:3");
	service = json_array_get(document, 1);
	assert_string_equal(word_at(service, "name"), "a\033b");
	claim = json_array_get(json_object_get(json_object_get(service,
						   "claims"),
				   "user"),
	    WARD_CLAIM_EMPTY);
	assert_string_equal(word_at(claim, "proof"), "broken");
	step = json_array_get(json_object_get(claim, "steps"), 1);
	assert_string_equal(word_at(step, "module"), "pam_unix.so");
	assert_string_equal(word_at(step, "code"), "success");
	json_decref(whole);
}

/* By the worst of users and root; a fragment by nothing but its lines. */
static void
test_count(void **state)
{
	struct ward_service s = held("x");
	struct ward_pam_service service = { .name = "x" };
	struct ward_stack stack = { &service, &s, true };
	struct ward_stack_summary sum = { .services = 0 };

	(void)state;
	ward_stack_count(&stack, &sum);
	s.claims[WARD_BY_ROOT][WARD_CLAIM_WEAK].proof = WARD_PROOF_UNKNOWN;
	ward_stack_count(&stack, &sum);
	s.claims[WARD_BY_ROOT][WARD_CLAIM_NAME].proof = WARD_PROOF_BROKEN;
	ward_stack_count(&stack, &sum);
	set_all(&s, (struct ward_claim){ .proof = WARD_PROOF_NONE });
	ward_stack_count(&stack, &sum);
	s.fragment = true;
	service.fate = WARD_PAM_UNSURE;
	ward_stack_count(&stack, &sum);
	assert_int_equal(sum.services, 4);
	assert_int_equal(sum.fragments, 1);
	assert_int_equal(sum.faulty, 1);
	for (size_t i = 0; i < WARD_PROOF_COUNT; i++) {
		assert_int_equal(sum.proofs[i], 1);
	}
}

/* What a file holds is not sent to a terminal. */
static void
test_text__clean(void **state)
{
	static const struct ward_service_step steps[] = {
		{ { "/etc/pam.d/a\033b", 1 }, "\033[2J.so", "success" },
	};
	struct ward_service s = held("x\033y");
	char *text;

	(void)state;
	set_both(&s, WARD_CLAIM_NAME,
	    (struct ward_claim){ .proof = WARD_PROOF_BROKEN,
		.source = { "/etc/\033", 1 },
		.why = "\033",
		.steps = steps,
		.step_count = 1 });
	for (int all = 0; all < 2; all++) {
		text = render("text", WARD_ENGLISH, all, &s, 1);
		assert_null(strchr(text, '\033'));
		assert_non_null(strstr(text, "x\\x1By"));
		free(text);
	}
}

static void
test_format__none(void **state)
{
	(void)state;
	assert_null(ward_stack_format("csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text__all_held),
		cmocka_unit_test(test_text__broken),
		cmocka_unit_test(test_text__numbers),
		cmocka_unit_test(test_text__at_once),
		cmocka_unit_test(test_text__clean),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_format__none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
