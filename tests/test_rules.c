/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each rule has fixtures: tests/rules/<rule.id>/NAME.<verdict>, one case each.
 * The host of a fixture is collected and judged for real, and the rule must say
 * the file's verdict, and no other, of the fixture's subject. A rule that is
 * judged and lacks a .pass or a .fail fails the run. Of its host every shipped
 * plan says the same as what is read from the plan's image.
 *
 * A fixture is a header and a text archive:
 *
 *     subject = wang01            an account, `host`, or "" (no name); of a
 *                                 service `service NAME`
 *     modules = NAME...           files of PAM modules, such as pam_unix.so
 *     door                        pam_acctward.so holds to the plan
 *     as-of = 2026-11-20          that noon, in UTC; this is the default
 *     reason = max_age_old        of a finding on the subject
 *     strength = should           of every finding on the subject
 *     source = /etc/shadow:2      of a finding on the subject
 *     planted = RULE NAME         all that fails on this host, each once; for
 *                                 the host itself NAME is `host`
 *     seen = UID TIME             a record in /var/log/lastlog
 *     never                       a /var/log/lastlog with no record
 *     failed = FILE NAME TIME N   so many records of failed log-ins
 *     mode = PATH MODE            of a file, else 0640
 *     -- plan --                  the plan's sections; the head is added. With
 *                                 none, every judged rule, each with a number
 *     -- etc/passwd --            a file; \xNN is a byte
 *     -- etc/x -> target --       a symbolic link
 *     -- var/ --                  a directory; root's home is always there
 */
#include "tests/judge.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utmp.h>

#include "collect/collect.h"

#define RULES_DIR "tests/rules"
#define FIXTURES_MAX 512
#define PLANTED_MAX 32
#define LASTLOG_RECORD 292 /* struct lastlog: ll_time, ll_line, ll_host */
#define MODES_MAX 4

/* What judges a fixture that brings no plan of its own. */
static const char everything
    [] = "[password.max_age]\ndays = 90\nclause = 1\n"
	 "[password.min_age]\ndays = 1\nclause = 2\n"
	 "[password.expiry_warning]\ndays = 14\nclause = 3\n"
	 "[password.change_at_first_login]\nclause = 4\n"
	 "[password.required]\nclause = 5\n"
	 "[password.weak]\nclause = 14\n"
	 "[password.hash]\nallow = yescrypt sha512crypt\nsha_rounds = 5000\n"
	 "clause = 6\n"
	 "[account.wellformed]\nclause = 17\n"
	 "[account.unique]\nclause = 7\n"
	 "[account.not_shared]\nclause = 8\n"
	 "[account.dormant]\ndays = 90\nclause = 9\n"
	 "[account.expired]\nclause = 10\n"
	 "[account.disabled]\nclause = 11\n"
	 "[account.neutral_name]\nclause = 12\n"
	 "[privileged.minimum]\nclause = 13\n"
	 "[account.home]\nclause = 14\n"
	 "[remote.trusted_hosts]\nclause = 15\n"
	 "[login.failures]\nmax = 5\nclause = 16\n"
	 "[password.min_length]\nmin = 8\nclause = 18\n"
	 "[password.min_classes]\nmin = 3\nclause = 19\n"
	 "[password.no_account_name]\nclause = 20\n"
	 "[password.history]\nolder = 3\nclause = 21\n"
	 "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 22\n";

struct fixture {
	char *path, *name; /* name: "rule.id/NAME.verdict" */
	enum ward_rule_id rule;
	enum ward_verdict verdict;
};

/* ---- the text archive ---------------------------------------------------------- */

struct text {
	char *bytes;
	size_t size;
};

static void
text_add(struct text *text, const char *bytes, size_t size)
{
	text->bytes = realloc(text->bytes, text->size + size + 1);
	assert_non_null(text->bytes);
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
	text->bytes[text->size] = '\0';
}

static struct text
read_all(const char *path)
{
	struct text text = { .bytes = NULL };
	FILE *file = fopen(path, "re");
	char block[4096];
	size_t got;

	assert_non_null(file);
	text_add(&text, "", 0);
	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		text_add(&text, block, got);
	}
	(void)fclose(file);
	return text;
}

/* \xNN is a byte; every other backslash is itself. */
static void
add_line(struct text *text, const char *line)
{
	while (*line != '\0') {
		char byte = *line++;

		if (byte == '\\' && line[0] == 'x' &&
		    isxdigit((unsigned char)line[1]) &&
		    isxdigit((unsigned char)line[2])) {
			const char hex[3] = { line[1], line[2], '\0' };

			byte = (char)strtoul(hex, NULL, 16);
			line += 3;
		}
		text_add(text, &byte, 1);
	}
	text_add(text, "\n", 1);
}

/* ---- one fixture ------------------------------------------------------------------ */

struct planted {
	char rule[64], name[128];
	bool found;
};

struct run {
	const struct fixture *fixture;
	char *tree;
	char subject[128], reason[64], strength[16], source[256];
	struct ward_moment now;
	struct planted planted[PLANTED_MAX];
	size_t planted_count;
	struct {
		char path[128];
		unsigned int mode;
	} modes[MODES_MAX];
	size_t mode_count;
	bool door;
	struct text plan;
	/* The member at hand: "" before the first. */
	char member[256];
	struct text body;
	const struct ward_host *host;
	/* What the evaluation says. */
	struct ward_evaluation *evaluation;
	size_t said;
	bool reason_seen, source_seen;
};

static void
finish_member(struct run *run)
{
	if (run->member[0] == '\0') {
		return;
	}
	if (strcmp(run->member, "plan") == 0) {
		text_add(&run->plan, run->body.bytes, run->body.size);
	} else {
		ward_tree_put(run->tree, run->member, run->body.bytes,
		    run->body.size);
		/* sudo and shadow(5) want no others to read or write. */
		ward_tree_chmod(run->tree, run->member, 0640);
	}
	run->member[0] = '\0';
	run->body.size = 0;
}

/* "-- name --", "-- name -> target --" or "-- name/ --". */
static void
begin_member(struct run *run, char *line)
{
	char *name = line + 3, *arrow;

	line[strlen(line) - 3] = '\0';
	arrow = strstr(name, " -> ");
	if (arrow != NULL) {
		*arrow = '\0';
		ward_tree_link(run->tree, name, arrow + 4);
	} else if (name[strlen(name) - 1] == '/') {
		name[strlen(name) - 1] = '\0';
		ward_tree_dir(run->tree, name);
	} else {
		(void)snprintf(run->member, sizeof(run->member), "%s", name);
		text_add(&run->body, "", 0);
	}
}

static void
put_lastlog(struct run *run, const char *uid, const char *time)
{
	char *path = ward_tree_path(run->tree, "var/log/lastlog");
	FILE *file;
	struct ward_moment moment;
	int32_t seconds;

	ward_tree_put(run->tree, "var/log/.made", "", 0);
	assert_int_equal(ward_moment_parse(time, 0, &moment), 0);
	seconds = (int32_t)moment.seconds;
	file = fopen(path, "ab");
	assert_non_null(file);
	(void)fclose(file);
	file = fopen(path, "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, strtol(uid, NULL, 10) * LASTLOG_RECORD,
			     SEEK_SET),
	    0);
	assert_int_equal(fwrite(&seconds, sizeof(seconds), 1, file), 1);
	assert_int_equal(fseek(file, LASTLOG_RECORD - 5, SEEK_CUR), 0);
	assert_int_equal(fputc(0, file), 0);
	assert_int_equal(fclose(file), 0);
	free(path);
}

static void
put_failures(struct run *run, char *value)
{
	char file[64], name[64], time[64];
	struct utmp record = { .ut_type = LOGIN_PROCESS };
	unsigned int count;
	struct ward_moment moment;
	FILE *stream;
	char *path;

	assert_int_equal(sscanf(value, "%63s %63s %63s %u", file, name, time,
			     &count),
	    4);
	assert_int_equal(ward_moment_parse(time, 0, &moment), 0);
	memcpy(record.ut_user, name, strlen(name));
	record.ut_tv.tv_sec = (int32_t)moment.seconds;
	ward_tree_put(run->tree, "var/log/.made", "", 0);
	path = ward_tree_path(run->tree, file);
	stream = fopen(path, "ab");
	assert_non_null(stream);
	while (count-- > 0) {
		assert_int_equal(fwrite(&record, sizeof(record), 1, stream), 1);
	}
	assert_int_equal(fclose(stream), 0);
	free(path);
}

#define MODULES "usr/lib/x86_64-linux-gnu/security/"

static void
put_modules(const struct run *run, const char *names)
{
	while (*names != '\0') {
		const int size = (int)strcspn(names, " ");
		char path[256];

		(void)snprintf(path, sizeof(path), MODULES "%.*s", size, names);
		ward_tree_put(run->tree, path, "\177ELF", 4);
		names += size;
		names += strspn(names, " ");
	}
}

static void
take_header(struct run *run, char *line)
{
	char *value = strstr(line, " = "), *rest;

	if (*line == '\0' || *line == '#') {
		return;
	}
	if (strcmp(line, "never") == 0) {
		ward_tree_put(run->tree, "var/log/lastlog", "", 0);
		return;
	}
	if (strcmp(line, "door") == 0) {
		run->door = true;
		return;
	}
	if (value == NULL) {
		fail_msg("%s: '%s'", run->fixture->name, line);
	}
	*value = '\0';
	value += 3;
	rest = strchr(value, ' ');
	if (strcmp(line, "subject") == 0) {
		(void)snprintf(run->subject, sizeof(run->subject), "%s", value);
	} else if (strcmp(line, "reason") == 0) {
		(void)snprintf(run->reason, sizeof(run->reason), "%s", value);
	} else if (strcmp(line, "strength") == 0) {
		(void)snprintf(run->strength, sizeof(run->strength), "%s",
		    value);
	} else if (strcmp(line, "source") == 0) {
		(void)snprintf(run->source, sizeof(run->source), "%s", value);
	} else if (strcmp(line, "as-of") == 0) {
		assert_int_equal(ward_moment_parse(value, 0, &run->now), 0);
	} else if (strcmp(line, "seen") == 0 && rest != NULL) {
		*rest = '\0';
		put_lastlog(run, value, rest + 1);
	} else if (strcmp(line, "modules") == 0) {
		put_modules(run, value);
	} else if (strcmp(line, "failed") == 0) {
		put_failures(run, value);
	} else if (strcmp(line, "mode") == 0 && rest != NULL) {
		assert_true(run->mode_count < MODES_MAX);
		(void)snprintf(run->modes[run->mode_count].path,
		    sizeof(run->modes[0].path), "%.*s", (int)(rest - value),
		    value);
		run->modes[run->mode_count++].mode = (unsigned int)
		    strtoul(rest + 1, NULL, 8);
	} else if (strcmp(line, "planted") == 0 && rest != NULL) {
		struct planted *planted = &run->planted[run->planted_count++];

		assert_true(run->planted_count <= PLANTED_MAX);
		*rest = '\0';
		(void)snprintf(planted->rule, sizeof(planted->rule), "%s",
		    value);
		(void)snprintf(planted->name, sizeof(planted->name), "%s",
		    rest + 1);
	} else {
		fail_msg("%s: '%s' is no header", run->fixture->name, line);
	}
}

static void
unpack(struct run *run)
{
	struct text text = read_all(run->fixture->path);
	bool header = true;

	for (char *line = text.bytes, *end; *line != '\0'; line = end + 1) {
		size_t size;

		end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		size = strlen(line);
		if (size > 6 && strncmp(line, "-- ", 3) == 0 &&
		    strcmp(line + size - 3, " --") == 0) {
			finish_member(run);
			header = false;
			begin_member(run, line);
		} else if (header) {
			take_header(run, line);
		} else {
			add_line(&run->body, line);
		}
	}
	finish_member(run);
	free(text.bytes);
	for (size_t i = 0; i < run->mode_count; i++) {
		ward_tree_chmod(run->tree, run->modes[i].path,
		    run->modes[i].mode);
	}
	assert_true(run->subject[0] != '\0');
}

/* ---- what is said ------------------------------------------------------------------ */

static bool
is_subject(const struct ward_finding *f, const char *name)
{
	if (strcmp(name, "host") == 0) {
		return f->subject.type == WARD_SUBJECT_HOST;
	}
	if (strncmp(name, "service ", 8) == 0) {
		return f->subject.type == WARD_SUBJECT_SERVICE &&
		    strcmp(f->subject.name, name + 8) == 0;
	}
	return f->subject.type == WARD_SUBJECT_ACCOUNT &&
	    strcmp(f->subject.name, strcmp(name, "\"\"") == 0 ? "" : name) == 0;
}

/* Where the fixture lists what is planted, nothing else fails. */
static void
check_planted(struct run *run, const struct ward_finding *f)
{
	if (run->planted_count == 0 || f->verdict != WARD_FAIL) {
		return;
	}
	for (size_t i = 0; i < run->planted_count; i++) {
		if (strcmp(run->planted[i].rule, ward_rules[f->rule].id) == 0 &&
		    is_subject(f, run->planted[i].name)) {
			run->planted[i].found = true;
			return;
		}
	}
	fail_msg("%s: not planted: %s of %s (%s)", run->fixture->name,
	    ward_rules[f->rule].id, f->subject.name,
	    ward_reasons[f->reason].id);
}

static int
take_finding(void *arg, const struct ward_finding *f)
{
	struct run *run = arg;
	const char *reason = f->reason == WARD_REASON_NONE ?
	    "-" :
	    ward_reasons[f->reason].id;
	char source[256];

	check_planted(run, f);
	if (f->rule != run->fixture->rule || !is_subject(f, run->subject)) {
		return 0;
	}
	if (f->verdict != run->fixture->verdict) {
		fail_msg("%s: %s (%s; observed %s, required %s, detail %s)",
		    run->fixture->name, ward_verdict_name(f->verdict), reason,
		    f->observed == NULL ? "-" : f->observed,
		    f->required == NULL ? "-" : f->required,
		    f->detail == NULL ? "-" : f->detail);
	}
	if (run->strength[0] != '\0') {
		assert_string_equal(run->strength,
		    ward_strength_name(f->strength));
	}
	(void)snprintf(source, sizeof(source),
	    f->source.line > 0 ? "%s:%u" : "%s",
	    f->source.file == NULL ? "" : f->source.file, f->source.line);
	run->said++;
	run->reason_seen |= strcasecmp(reason, run->reason) == 0;
	run->source_seen |= strcmp(source, run->source) == 0;
	return 0;
}

static struct ward_pair pairs[WARD_PAIRS_MAX];
static size_t pair_count;

static int
take_account(void *arg, const struct ward_account *account)
{
	struct run *run = arg;

	for (size_t i = 0; i < pair_count; i++) {
		ward_pair_judge(&pairs[i], run->host, account, NULL);
	}
	return ward_evaluate_account(run->evaluation, account);
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	struct run *run = arg;

	for (size_t i = 0; i < pair_count; i++) {
		ward_pair_judge(&pairs[i], run->host, NULL, defect);
	}
	return ward_evaluate_defect(run->evaluation, defect);
}

static int
take_service(void *arg, const struct ward_service *service)
{
	struct run *run = arg;

	return ward_evaluate_service(run->evaluation, service);
}

static void
judge(struct run *run)
{
	char mark[WARD_MARK_SIZE];
	struct ward_plan *plan = ward_judge_plan(
	    run->plan.size == 0 ? everything : run->plan.bytes);
	struct ward_visitor visitor = { take_account, take_defect, take_service,
		run };
	struct ward_collect_options options = { .root = run->tree,
		.now = run->now,
		.try_words = run->fixture->rule == WARD_RULE_PASSWORD_WEAK,
		.root_groups = ward_plan_text(plan,
		    WARD_SET_CLASS_PRIVILEGED_GROUPS, WARD_CLASS_ANY) };
	struct ward_collection *collection = NULL;
	struct ward_error err = { .text = "" };

	ward_plan_mark(plan, mark);
	options.door_plan = run->door ? mark : NULL;
	if (ward_collect(&options, &collection, &err) != 0) {
		fail_msg("%s: %s", run->fixture->name, err.text);
	}
	run->host = ward_collection_host(collection);
	assert_int_equal(ward_evaluation_new(plan, run->host, take_finding, run,
			     &run->evaluation),
	    0);
	if (ward_collection_each(collection, &visitor, &err) != 0) {
		fail_msg("%s: %s", run->fixture->name, err.text);
	}
	assert_int_equal(ward_evaluation_end(run->evaluation), 0);
	ward_evaluation_free(run->evaluation);
	ward_collection_free(collection);
	ward_plan_free(plan);
}

static void
test_fixture(void **state)
{
	struct run run = { .fixture = *state, .now = { 1795176000, 0 } };

	run.tree = ward_tree_new(NULL);
	ward_tree_dir(run.tree, "root");
	text_add(&run.plan, "", 0);
	text_add(&run.body, "", 0);
	unpack(&run);
	judge(&run);
	if (run.said == 0) {
		fail_msg("%s: nothing is said of %s", run.fixture->name,
		    run.subject);
	}
	if (run.reason[0] != '\0' && !run.reason_seen) {
		fail_msg("%s: not by reason %s", run.fixture->name, run.reason);
	}
	if (run.source[0] != '\0' && !run.source_seen) {
		fail_msg("%s: not at %s", run.fixture->name, run.source);
	}
	for (size_t i = 0; i < run.planted_count; i++) {
		if (!run.planted[i].found) {
			fail_msg("%s: not found: %s of %s", run.fixture->name,
			    run.planted[i].rule, run.planted[i].name);
		}
	}
	free(run.plan.bytes);
	free(run.body.bytes);
	ward_tree_remove(run.tree);
}

/* ---- all of them ----------------------------------------------------------------------- */

static struct fixture fixtures[FIXTURES_MAX];
static size_t fixture_count;

static void
test_rules__each_has_a_pass_and_a_fail(void **state)
{
	(void)state;
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		size_t counts[WARD_VERDICT_COUNT] = { 0 };

		for (size_t i = 0; i < fixture_count; i++) {
			if (fixtures[i].rule == rule) {
				counts[fixtures[i].verdict]++;
			}
		}
		if (ward_rules[rule].judged &&
		    (counts[WARD_PASS] == 0 || counts[WARD_FAIL] == 0)) {
			fail_msg("%s: %zu .pass, %zu .fail in " RULES_DIR,
			    ward_rules[rule].id, counts[WARD_PASS],
			    counts[WARD_FAIL]);
		}
	}
}

/* False: no such rule or verdict. */
static bool
add_fixture(const char *id, const char *name)
{
	struct fixture *f = &fixtures[fixture_count];
	const char *dot = strrchr(name, '.');

	f->rule = 0;
	while (f->rule < WARD_RULE_COUNT &&
	    strcmp(ward_rules[f->rule].id, id) != 0) {
		f->rule++;
	}
	f->verdict = 0;
	while (dot != NULL && f->verdict < WARD_VERDICT_COUNT &&
	    strcmp(ward_verdict_name(f->verdict), dot + 1) != 0) {
		f->verdict++;
	}
	if (f->rule == WARD_RULE_COUNT || dot == NULL ||
	    f->verdict == WARD_VERDICT_COUNT || fixture_count == FIXTURES_MAX ||
	    asprintf(&f->path, RULES_DIR "/%s/%s", id, name) < 0 ||
	    asprintf(&f->name, "%s/%s", id, name) < 0) {
		(void)fprintf(stderr, RULES_DIR "/%s/%s: no fixture\n", id,
		    name);
		return false;
	}
	fixture_count++;
	return true;
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool
find_fixtures(void)
{
	struct dirent **rules = NULL;
	int count = scandir(RULES_DIR, &rules, is_visible, alphasort);
	bool good = count > 0;

	for (int i = 0; i < count; i++) {
		struct dirent **files = NULL;
		char *dir = NULL;
		int n = asprintf(&dir, RULES_DIR "/%s", rules[i]->d_name) < 0 ?
		    -1 :
		    scandir(dir, &files, is_visible, alphasort);

		good = good && n >= 0;
		for (int f = 0; f < n; f++) {
			good = add_fixture(rules[i]->d_name,
				   files[f]->d_name) &&
			    good;
			free(files[f]);
		}
		free(files);
		free(dir);
		free(rules[i]);
	}
	free(rules);
	return good;
}

static int
load_pairs(void **state)
{
	(void)state;
	pair_count = ward_pairs_shipped(pairs);
	return 0;
}

static int
free_pairs(void **state)
{
	(void)state;
	while (pair_count > 0) {
		ward_pair_free(&pairs[--pair_count]);
	}
	return 0;
}

int
main(void)
{
	static struct CMUnitTest tests[FIXTURES_MAX + 1] = { cmocka_unit_test(
	    test_rules__each_has_a_pass_and_a_fail) };
	int failed;

	if (!find_fixtures()) {
		(void)fputs("test_rules: run it from the source root\n",
		    stderr);
		return 1;
	}
	for (size_t i = 0; i < fixture_count; i++) {
		tests[i + 1] = (struct CMUnitTest){ .name = fixtures[i].name,
			.test_func = test_fixture,
			.initial_state = &fixtures[i] };
	}
	failed = _cmocka_run_group_tests("rules", tests, fixture_count + 1,
	    load_pairs, free_pairs);
	for (size_t i = 0; i < fixture_count; i++) {
		free(fixtures[i].path);
		free(fixtures[i].name);
	}
	return failed == 0 ? 0 : 1;
}
