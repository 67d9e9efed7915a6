/* SPDX-License-Identifier: BSD-2-Clause */
/* Snapshots: what is written is read back the same, and what could not have
 * been written is refused with its line. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "collect/snapshot/members.h"

#define HEAD \
	"{\"type\":\"snapshot\",\"schema\":\"acctward-facts/1\"," \
	"\"tool\":\"acctward 0.1.0\",\"host\":\"web01\"," \
	"\"as_of\":\"2026-11-20T12:00:00+08:00\",\"uid_min\":1000," \
	"\"uid_max\":60000,\"root_groups\":\"docker shadow\"," \
	"\"words_tried\":true,\"door_plan\":\"TEST 1\"}\n"
#define ACCOUNT_WITH(more) \
	"{\"type\":\"account\",\"name\":\"wang\",\"home\":\"/home/wang\"," \
	"\"shell\":\"/bin/sh\",\"entry\":{\"file\":\"/etc/passwd\"," \
	"\"line\":1}" more "}\n"
#define ACCOUNT ACCOUNT_WITH("")
#define DEFECT \
	"{\"type\":\"defect\",\"reason\":\"wellformed_compat\"," \
	"\"source\":{\"file\":\"/etc/passwd\",\"line\":9}}\n"
#define END(accounts, defects) \
	"{\"type\":\"end\",\"accounts\":" #accounts ",\"defects\":" #defects \
	"}\n"

/* What the visitor saw, in order: "wang!wellformed_compat;". */
struct seen {
	char text[512];
	size_t accounts, defects, services, stop_at;
	void (*look)(const struct ward_account *account);
	const struct ward_service *service; /* to be the same */
	bool no_service;                    /* nobody wants any */
};

static int
see_account(void *arg, const struct ward_account *account)
{
	struct seen *seen = arg;
	size_t used = strlen(seen->text);

	(void)snprintf(seen->text + used, sizeof(seen->text) - used, "%s;",
	    account->name);
	if (seen->look != NULL) {
		seen->look(account);
	}
	seen->accounts++;
	return seen->stop_at != 0 && seen->accounts == seen->stop_at ? 7 : 0;
}

static int
see_defect(void *arg, const struct ward_defect *defect)
{
	struct seen *seen = arg;
	size_t used = strlen(seen->text);

	(void)snprintf(seen->text + used, sizeof(seen->text) - used, "!%s;",
	    ward_reasons[defect->reason].id);
	seen->defects++;
	return 0;
}

static void assert_same(const struct ward_shape *shape, const void *a,
    const void *b);

static int
see_service(void *arg, const struct ward_service *service)
{
	struct seen *seen = arg;
	size_t used = strlen(seen->text);

	(void)snprintf(seen->text + used, sizeof(seen->text) - used, "=%s;",
	    service->name);
	if (seen->service != NULL) {
		assert_same(&ward_facts_service_shape, seen->service, service);
	}
	seen->services++;
	return 0;
}

/* Read it all; 0 or the error, its text behind the tree's name. */
static int
read_file(const char *path, struct seen *seen, struct ward_error *err)
{
	const struct ward_visitor visitor = { see_account, see_defect,
		seen->no_service ? NULL : see_service, seen };
	struct ward_snapshot *snapshot = NULL;
	size_t before = ward_open_fds();
	int r;

	err->text[0] = '\0';
	r = ward_snapshot_open(path, &snapshot, err);
	if (r == 0) {
		r = ward_snapshot_each(snapshot, &visitor, err);
	}
	ward_snapshot_free(snapshot);
	assert_int_equal(ward_open_fds(), before);
	return r;
}

static int
read_bytes(const char *text, size_t size, struct seen *seen,
    struct ward_error *err)
{
	char *tree = ward_tree_new(NULL), *path;
	struct ward_error whole = { .text = "" };
	int r;

	ward_tree_put(tree, "/f", text, size);
	path = ward_tree_path(tree, "/f");
	r = read_file(path, seen, &whole);
	err->text[0] = '\0';
	if (r < 0) {
		/* "PATH:LINE: text" becomes ":LINE: text" */
		assert_int_equal(strncmp(whole.text, path, strlen(path)), 0);
		(void)snprintf(err->text, sizeof(err->text), "%s",
		    whole.text + strlen(path));
	}
	free(path);
	ward_tree_remove(tree);
	return r;
}

static void
refuses_bytes(const char *text, size_t size, const char *want)
{
	struct seen seen = { .accounts = 0 };
	struct ward_error err = { .text = "" };
	int r = read_bytes(text, size, &seen, &err);

	if (r >= 0 || strstr(err.text, want) != err.text) {
		fail_msg("%d '%s', not '%s', of: %.300s", r, err.text, want,
		    text);
	}
}

static void
refuses(const char *text, const char *want)
{
	refuses_bytes(text, strlen(text), want);
}

static void
takes(const char *text, const char *want)
{
	struct seen seen = { .accounts = 0 };
	struct ward_error err = { .text = "" };

	if (read_bytes(text, strlen(text), &seen, &err) != 0) {
		fail_msg("%s", err.text);
	}
	assert_string_equal(seen.text, want);
}

/* ---- round trips ---------------------------------------------------------- */

/* Another byte sequence than UTF-8, as Big5 has it. */
#define BIG5 "\xa4\xa4\xa4\xe5"

static const struct ward_path all_paths[] = {
	{ WARD_PATH_UID0, "uid 0", { "/etc/passwd", 3 }, 0, NULL },
	{ WARD_PATH_GROUP, BIG5, { "/etc/group", 4 }, 0, NULL },
	{ WARD_PATH_SUDO, "(ALL) /bin/vi", { "/etc/sudoers.d/" BIG5, 7 },
	    WARD_REASON_MINIMUM_ESCAPE, "/bin/vi" },
	{ WARD_PATH_DOAS, "permit wang", { "/etc/doas.conf", 1 }, 0, NULL },
	{ WARD_PATH_KEY, "\xe9\x91\xb0 \"x\"\\\t", { "/root/k", 0 }, 0, NULL },
};
static const struct ward_defect all_defects[] = {
	{ WARD_REASON_WELLFORMED_FIELDS, "wang", "8 fields, not 7",
	    { "/etc/passwd", 3 } },
	{ WARD_REASON_WELLFORMED_NAME, NULL, NULL, { "/etc/shadow", 0 } },
};

/* Every member other than zero, and each number at its end. */
static struct ward_account
full_account(void)
{
	return (struct ward_account){ .name = "wa\x7fng\x1b[31m",
		.uid = WARD_KNOWN(UINT32_MAX),
		.gid = WARD_KNOWN(0),
		.home = "",
		.shell = BIG5,
		.login_shell = true,
		.listed_shell = true,
		.entry = { "/etc/passwd", 3 },
		.has_shadow = true,
		.shadow = { "/etc/shadow", UINT32_MAX },
		.shadow_why = "a",
		.password = { .state = WARD_PASSWORD_LOCKED,
		    .scheme = WARD_HASH_GOST_YESCRYPT,
		    .cost = WARD_KNOWN(UINT32_MAX),
		    .strange = true },
		.temporary = true,
		.temporary_why = "g",
		.revived = WARD_KNOWN(253402300799),
		.record = { "/var/lib/acctward/accounts/wang", 2 },
		.changed = WARD_KNOWN(0),
		.min_age = WARD_KNOWN(1),
		.max_age = WARD_KNOWN(INT32_MAX),
		.warning = WARD_KNOWN(2),
		.inactive = WARD_KNOWN(INT32_MAX),
		.expires = WARD_KNOWN(INT32_MAX),
		.use = WARD_USE_SEEN,
		.last_use = UINT32_MAX,
		.use_source = { "/var/log/lastlog", 5 },
		.use_why = "b",
		.keys_known = true,
		.key_count = 2,
		.key_source = { "/home/wang/.ssh/authorized_keys", 6 },
		.key_why = "c",
		.key_owner_count = 3,
		.key_owners = "",
		.home_state = WARD_HOME_THERE,
		.home_owner = WARD_KNOWN(0),
		.home_mode = 07777,
		.home_group = WARD_HOME_GROUP_SHARED,
		.home_open = true,
		.home_why = "d",
		.trust_known = true,
		.trust_source = { "/home/wang/.rhosts", 8 },
		.trust_detail = "+ +",
		.trust_why = "e",
		.failures = WARD_KNOWN(INT64_MAX),
		.last_failure = 253402300799,
		.failure_source = { "/var/log/btmp", 9 },
		.failure_why = "f",
		.guess = WARD_GUESS_FOUND,
		.paths = all_paths,
		.path_count = LENGTH(all_paths),
		.privileged_kept = true,
		.defects = all_defects,
		.defect_count = LENGTH(all_defects),
		.same_uid = { "a", { "/etc/passwd", 1 } },
		.same_name = { "b", { "/etc/passwd", 2 } },
		.same_hash = { "c", { "/etc/passwd", 3 } } };
}

/* The two structs have the same members, by the tables. */
static void
assert_same(const struct ward_shape *shape, const void *a, const void *b)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct ward_member *m = &shape->members[i];
		const char *left = (const char *)a + m->offset;
		const char *right = (const char *)b + m->offset;
		const char *x, *y;
		size_t count, other;

		switch (m->kind) {
		case WARD_MEMBER_TEXT:
			memcpy(&x, left, sizeof(x));
			memcpy(&y, right, sizeof(y));
			if ((x == NULL) != (y == NULL) ||
			    (x != NULL && strcmp(x, y) != 0)) {
				fail_msg("%s: '%s', not '%s'", m->key, y, x);
			}
			break;
		case WARD_MEMBER_OPTIONAL: {
			const struct ward_optional *p = (const void *)left;
			const struct ward_optional *q = (const void *)right;

			assert_int_equal(p->known, q->known);
			assert_true(p->value == q->value);
			break;
		}
		case WARD_MEMBER_OBJECT:
			assert_same(m->shape, left, right);
			break;
		case WARD_MEMBER_LIST:
			memcpy(&x, left, sizeof(x));
			memcpy(&y, right, sizeof(y));
			memcpy(&count, (const char *)a + m->count,
			    sizeof(count));
			memcpy(&other, (const char *)b + m->count,
			    sizeof(other));
			assert_int_equal(count, other);
			for (size_t n = 0; n < count; n++) {
				assert_same(m->shape, x + n * m->shape->size,
				    y + n * m->shape->size);
			}
			break;
		default:
			count = m->kind == WARD_MEMBER_FLAG ? sizeof(bool) :
			    m->kind == WARD_MEMBER_UINT32 ||
				m->kind == WARD_MEMBER_WORD ?
							      4 :
							      8;
			if (memcmp(left, right, count) != 0) {
				fail_msg("%s differs", m->key);
			}
		}
	}
}

static struct ward_account expected;

static void
look_same(const struct ward_account *account)
{
	assert_same(&ward_facts_account_shape, &expected, account);
	/* A bool is too small to leave a gap that the next test would find. */
	assert_int_equal(account->login_shell, expected.login_shell);
	assert_int_equal(account->listed_shell, expected.listed_shell);
	assert_int_equal(account->has_shadow, expected.has_shadow);
	assert_int_equal(account->keys_known, expected.keys_known);
	assert_int_equal(account->trust_known, expected.trust_known);
	assert_int_equal(account->home_open, expected.home_open);
	assert_int_equal(account->password.strange, expected.password.strange);
}

/* Write the account and a defect, and read them again. */
static void
round_trip(const struct ward_account *account)
{
	const struct ward_facts_end end = { .accounts = 1 };
	struct seen seen = { .look = look_same };
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);
	struct ward_error err = { .text = "" };

	assert_non_null(stream);
	(void)fputs(HEAD, stream);
	assert_int_equal(ward_facts_put(stream, &ward_facts_account_shape,
			     account, &err),
	    0);
	assert_int_equal(ward_facts_put(stream, &ward_facts_end_shape, &end,
			     &err),
	    0);
	assert_int_equal(fclose(stream), 0);
	expected = *account;
	if (read_bytes(text, size, &seen, &err) != 0) {
		fail_msg("%s: %s", err.text, text);
	}
	assert_int_equal(seen.accounts, 1);
	/* Nothing for a terminal to stumble over. */
	for (size_t i = 0; i < size; i++) {
		assert_true(
		    (text[i] >= ' ' && text[i] <= 0x7f) || text[i] == '\n');
	}
	free(text);
}

static void
test_snapshot__every_member_comes_back(void **state)
{
	struct ward_account account = full_account();

	(void)state;
	round_trip(&account);
	account = ward_judge_account();
	round_trip(&account);
}

static void
test_snapshot__what_is_not_known_stays_unknown(void **state)
{
	struct ward_account account = { .name = "",
		.home = "/",
		.shell = "",
		.entry = { "/etc/passwd", 0 } };

	(void)state;
	round_trip(&account);
}

/* A word of each enum that is not the full account's. */
static void
test_snapshot__every_word_comes_back(void **state)
{
	struct ward_account account = full_account();
	struct ward_path path = all_paths[2];
	struct ward_defect defect = all_defects[0];

	(void)state;
	account.paths = &path;
	account.defects = &defect;
	account.path_count = account.defect_count = 1;
	for (unsigned int i = 0; i < WARD_REASON_COUNT; i++) {
		account.password.state = i % (WARD_PASSWORD_NONE + 1);
		account.password.scheme = i % WARD_HASH_COUNT;
		account.use = i % (WARD_USE_SEEN + 1);
		account.home_state = i % (WARD_HOME_THERE + 1);
		account.home_group = i % (WARD_HOME_GROUP_SHARED + 1);
		account.guess = i % (WARD_GUESS_FOUND + 1);
		path.kind = i % WARD_PATH_KIND_COUNT;
		path.excess = i != 0 &&
			ward_reasons[i].rule == WARD_RULE_PRIVILEGED_MINIMUM ?
		    i :
		    WARD_REASON_NONE;
		if (i != 0 &&
		    ward_reasons[i].rule == WARD_RULE_ACCOUNT_WELLFORMED) {
			defect.reason = i;
		}
		round_trip(&account);
	}
}

/* Mark what the tables know of a struct; what is not marked is padding only,
 * so a new member that has no row is found here. */
static void
mark(const struct ward_shape *shape, size_t offset, char *marks)
{
	static const size_t sizes[] = {
		[WARD_MEMBER_TEXT] = sizeof(char *),
		[WARD_MEMBER_FLAG] = sizeof(bool),
		[WARD_MEMBER_OPTIONAL] = sizeof(struct ward_optional),
		[WARD_MEMBER_INT64] = sizeof(int64_t),
		[WARD_MEMBER_UINT32] = sizeof(uint32_t),
		[WARD_MEMBER_SIZE] = sizeof(size_t),
		[WARD_MEMBER_WORD] = sizeof(unsigned int),
		[WARD_MEMBER_LIST] = sizeof(void *),
		[WARD_MEMBER_OBJECT] = 0,
	};

	for (size_t i = 0; i < shape->count; i++) {
		const struct ward_member *m = &shape->members[i];

		memset(marks + offset + m->offset, 1, sizes[m->kind]);
		if (m->kind == WARD_MEMBER_OBJECT) {
			mark(m->shape, offset + m->offset, marks);
		}
		if (m->kind == WARD_MEMBER_LIST) {
			memset(marks + offset + m->count, 1, sizeof(size_t));
		}
	}
}

static void
expect_whole(const char *name, const struct ward_shape *shape)
{
	static char
	    marks[sizeof(struct ward_service) + sizeof(struct ward_account)];
	size_t gap = 0;

	assert_true(shape->size <= sizeof(marks));
	memset(marks, 0, sizeof(marks));
	mark(shape, 0, marks);
	for (size_t i = 0; i < shape->size; i++) {
		gap = marks[i] != 0 ? 0 : gap + 1;
		if (gap > 7 || (gap >= 4 && i % 8 == 3)) {
			fail_msg("%s: no row for what is at %zu", name,
			    i - gap + 1);
		}
	}
	for (size_t i = 0; i < shape->count; i++) {
		if (shape->members[i].shape != NULL) {
			expect_whole(shape->members[i].key,
			    shape->members[i].shape);
		}
	}
}

static void
test_snapshot__every_member_has_a_row(void **state)
{
	(void)state;
	expect_whole("account", &ward_facts_account_shape);
	expect_whole("defect", &ward_facts_defect_shape);
	expect_whole("service", &ward_facts_service_shape);
}

static const struct ward_service_step all_steps[] = {
	{ { "/etc/pam.d/login", 3 }, "pam_unix.so", "success" },
	{ { "/etc/pam.d/" BIG5, 0 }, NULL, NULL },
};

static void
test_snapshot__a_service_comes_back(void **state)
{
	const struct ward_facts_end end = { .accounts = 1, .services = 1 };
	struct ward_service service = { .name = "log\x1bin",
		.source = { "/etc/pam.d/login", 1 },
		.fragment = true };
	struct seen seen = { .service = &service };
	struct ward_error err = { .text = "" };
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	for (unsigned int i = 0; i < 2 * WARD_CLAIM_COUNT; i++) {
		service.claims[i % 2][i / 2] = (struct ward_claim){
			.proof = i % WARD_PROOF_COUNT,
			.number = { i % 3 != 0, i % 3 != 0 ? i : 0 },
			.seconds = { i % 5 == 0, i % 5 == 0 ? UINT32_MAX : 0 },
			.by_plan = i % 2 == 0,
			.source = { i % 4 == 0 ? NULL : "/etc/pam.d/x", i },
			.why = i % 3 == 0 ? "so it is" : NULL,
			.steps = i % 7 == 0 ? all_steps : NULL,
			.step_count = i % 7 == 0 ? LENGTH(all_steps) : 0,
		};
		service.claims[i % 2][i / 2].source.line = i % 4 == 0 ? 0 : i;
	}
	assert_non_null(stream);
	(void)fputs(HEAD ACCOUNT, stream);
	assert_int_equal(ward_facts_put(stream, &ward_facts_service_shape,
			     &service, &err),
	    0);
	assert_int_equal(ward_facts_put(stream, &ward_facts_end_shape, &end,
			     &err),
	    0);
	assert_int_equal(fclose(stream), 0);
	if (read_bytes(text, size, &seen, &err) != 0) {
		fail_msg("%s: %s", err.text, text);
	}
	assert_int_equal(seen.services, 1);
	for (size_t i = 0; i < WARD_CLAIM_COUNT; i++) {
		char key[64];

		(void)snprintf(key, sizeof(key), "\"%s\":{",
		    ward_claim_name(i));
		assert_non_null(strstr(text, key));
	}
	seen.no_service = true;
	assert_int_equal(read_bytes(text, size, &seen, &err), 0);
	assert_int_equal(seen.services, 1);
	free(text);
}

#define SERVICE_WITH(more) "{\"type\":\"service\",\"name\":\"su\"" more "}\n"
#define END_WITH(services) \
	"{\"type\":\"end\",\"accounts\":1,\"defects\":0," \
	"\"services\":" services "}\n"

static void
test_snapshot__services_are_counted(void **state)
{
	(void)state;
	takes(HEAD ACCOUNT SERVICE_WITH("") SERVICE_WITH("") END_WITH("2"),
	    "wang;=su;=su;");
	/* Older ones have none. */
	takes(HEAD ACCOUNT END(1, 0), "wang;");
	refuses(HEAD ACCOUNT SERVICE_WITH("") END(1, 0),
	    ":4: there should be 0 services before this line, but there are 1");
	refuses(HEAD ACCOUNT END_WITH("1"), ":3: there should be 1 services");
	refuses(HEAD ACCOUNT END_WITH("-1"), ":3: end.services: -1 is not");
	refuses(HEAD SERVICE_WITH("") ACCOUNT END_WITH("1"),
	    ":3: an account behind a service");
}

static void
test_snapshot__refuses_what_a_service_can_not_have(void **state)
{
	static const struct {
		const char *more, *error;
	} cases[] = {
		{ ",\"password\":1", "service: there is no 'password'" },
		{ ",\"user\":[]", "service.user: must be an object" },
		{ ",\"user\":{\"length\":{}}",
		    "service.user: there is no 'length'" },
		{ ",\"user\":{\"weak\":{\"proof\":\"unknown\"}}",
		    "service.user.weak.proof: 'unknown' is none of: none held "
		    "broken" },
		{ ",\"root\":{\"weak\":{\"number\":-1}}",
		    "service.root.weak.number: -1 is not from 0" },
		{ ",\"root\":{\"weak\":{\"steps\":[]}}",
		    "service.root.weak.steps: must be a list" },
		{ ",\"root\":{\"weak\":{\"steps\":[{}]}}",
		    "service.root.weak.steps.source: missing" },
		{ ",\"fragment\":1", "service.fragment: must be true" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[1024], error[256];

		(void)snprintf(text, sizeof(text),
		    HEAD ACCOUNT SERVICE_WITH("%s") END_WITH("1"),
		    cases[i].more);
		(void)snprintf(error, sizeof(error), ":3: %s", cases[i].error);
		refuses(text, error);
	}
	refuses(HEAD ACCOUNT "{\"type\":\"service\"}\n" END_WITH("1"),
	    ":3: service.name: missing");
}

static void
test_snapshot__is_handed_on_in_its_order(void **state)
{
	(void)state;
	takes(HEAD ACCOUNT DEFECT ACCOUNT DEFECT END(2, 2),
	    "wang;!WELLFORMED_COMPAT;wang;!WELLFORMED_COMPAT;");
	takes(HEAD ACCOUNT_WITH(",\"uid\":0,\"changed\":2147483647") END(1, 0),
	    "wang;");
}

static void
test_snapshot__the_head_is_told(void **state)
{
	char *tree = ward_tree_new(NULL), *path;
	struct ward_snapshot *snapshot = NULL;
	struct ward_error err = { .text = "" };

	(void)state;
	ward_tree_put(tree, "/f", HEAD, strlen(HEAD));
	path = ward_tree_path(tree, "/f");
	assert_int_equal(ward_snapshot_open(path, &snapshot, &err), 0);
	assert_string_equal(ward_snapshot_host(snapshot)->name, "web01");
	assert_int_equal(ward_snapshot_host(snapshot)->now.seconds,
	    WARD_JUDGE_NOW);
	assert_int_equal(ward_snapshot_host(snapshot)->now.zone, 480);
	assert_int_equal(ward_snapshot_host(snapshot)->uid_min, 1000);
	assert_int_equal(ward_snapshot_host(snapshot)->uid_max, 60000);
	assert_true(ward_snapshot_host(snapshot)->words_tried);
	assert_string_equal(ward_snapshot_host(snapshot)->door_plan, "TEST 1");
	assert_string_equal(ward_snapshot_root_groups(snapshot),
	    "docker shadow");
	ward_snapshot_free(snapshot);
	free(path);
	ward_tree_remove(tree);
}

static void
test_snapshot__the_visitor_can_stop(void **state)
{
	struct seen seen = { .stop_at = 1 };
	struct ward_error err = { .text = "" };

	(void)state;
	assert_int_equal(read_bytes(HEAD ACCOUNT ACCOUNT END(2, 0),
			     strlen(HEAD ACCOUNT ACCOUNT END(2, 0)), &seen,
			     &err),
	    7);
	assert_int_equal(seen.accounts, 1);
}

/* ---- refusals -------------------------------------------------------------- */

#define HEAD_WITH(schema, host, as_of, uid_min, more) \
	"{\"type\":\"snapshot\",\"schema\":\"" schema "\",\"tool\":\"x\"," \
	"\"host\":" host ",\"as_of\":\"" as_of "\",\"uid_min\":" uid_min "," \
	"\"uid_max\":1,\"root_groups\":\"\"" more "}\n"
#define NOW "2026-11-20T12:00:00+08:00"

static void
test_snapshot__refuses_what_is_no_snapshot(void **state)
{
	static const char *const texts[] = { "\n", "root:x:0:0\n", "{}\n",
		"[]\n", "1\n", "{\"type\":1}\n", "{\"type\":\"account\"}\n",
		"{\"schema\": \"acctward-audit/1\", \"tool\": \"x\"}\n",
		"{\"type\":\"snapshot\"}\n", "\xef\xbb\xbf" HEAD,
		"\x7f"
		"ELF\n",
		"\xff\xfe\n", ACCOUNT HEAD,
		"{\"type\":\"snapshot\",\"schema\":\"acctward-audit/1\"}\n" };

	(void)state;
	for (size_t i = 0; i < LENGTH(texts); i++) {
		refuses(texts[i], ":1: this is no snapshot");
	}
	refuses("", ":1: the file is empty; this is no snapshot");
	refuses("root:x:0:0", ":1: the line is torn");
}

static void
test_snapshot__refuses_other_versions(void **state)
{
	(void)state;
	refuses("{\"type\":\"snapshot\",\"schema\":\"acctward-facts/2\","
		"\"new\":[1]}\n",
	    ":1: the snapshot is acctward-facts/2, from a newer version of "
	    "acctward; this one (" WARD_VERSION ") reads acctward-facts/1");
	refuses(HEAD_WITH("acctward-facts/10", "\"h\"", NOW, "1", ""),
	    ":1: the snapshot is acctward-facts/10, from a newer");
	refuses(HEAD_WITH("acctward-facts/0", "\"h\"", NOW, "1", ""),
	    ":1: there is no 'acctward-facts/0'");
	refuses(HEAD_WITH("acctward-facts/01", "\"h\"", NOW, "1", ""), ":1: ");
	refuses(HEAD_WITH("acctward-facts/", "\"h\"", NOW, "1", ""), ":1: ");
	refuses(HEAD_WITH("acctward-facts/2x", "\"h\"", NOW, "1", ""),
	    ":1: there is no 'acctward-facts/2x'");
}

static void
test_snapshot__refuses_a_wrong_head(void **state)
{
	static const char *const moments[] = { "2026-11-20", "now", "",
		"2026-11-20T12:00:00", "2026-11-20T04:00:00Z",
		"2026-02-30T12:00:00+08:00", "2026-11-20T12:00:00-00:00" };

	(void)state;
	for (size_t i = 0; i < LENGTH(moments); i++) {
		char text[512];

		(void)snprintf(text, sizeof(text),
		    HEAD_WITH("acctward-facts/1", "\"h\"", "%s", "1", ""),
		    moments[i]);
		refuses(text, ":1: snapshot.as_of: '");
		(void)snprintf(text, sizeof(text),
		    HEAD_WITH("acctward-facts/1", "\"h\"", NOW, "1",
			",\"collected\":\"%s\""),
		    moments[i]);
		refuses(text, ":1: snapshot.collected: '");
	}
	refuses(HEAD_WITH("acctward-facts/1", "\"\"", NOW, "1", ""),
	    ":1: snapshot.host: must not be empty");
	refuses(HEAD_WITH("acctward-facts/1", "1", NOW, "1", ""),
	    ":1: snapshot.host: must be a string");
	refuses(HEAD_WITH("acctward-facts/1", "\"h\"", NOW, "-1", ""),
	    ":1: snapshot.uid_min: -1 is not from 0 to 4294967295");
	refuses(HEAD_WITH("acctward-facts/1", "\"h\"", NOW, "1",
		    ",\"secret\":1"),
	    ":1: snapshot: there is no 'secret' in acctward-facts/1");
	refuses("{\"type\":\"snapshot\",\"schema\":\"acctward-facts/1\"}\n",
	    ":1: snapshot.tool: missing");
}

static void
test_snapshot__refuses_what_an_account_can_not_have(void **state)
{
	static const struct {
		const char *more, *error;
	} cases[] = {
		{ ",\"hash\":\"x\"", "account: there is no 'hash'" },
		{ ",\"uid\":\"0\"", "account.uid: must be a whole number" },
		{ ",\"uid\":0.5", "account.uid: must be a whole number" },
		{ ",\"uid\":null", "account.uid: must be a whole number" },
		{ ",\"uid\":-1", "account.uid: -1 is not from 0 to" },
		{ ",\"uid\":4294967296", "account.uid: 4294967296 is not" },
		{ ",\"uid\":99999999999999999999", "must be one JSON object" },
		{ ",\"uid\":1,\"uid\":2",
		    "must be one JSON object: duplicate" },
		{ ",\"changed\":2147483648", "account.changed: 2147483648" },
		{ ",\"max_age\":-1", "account.max_age: -1 is not from 0" },
		{ ",\"last_use\":253402300800", "account.last_use: 2534" },
		{ ",\"last_failure\":-1", "account.last_failure: -1" },
		{ ",\"key_count\":-1", "account.key_count: -1" },
		{ ",\"home_mode\":4096", "account.home_mode: 4096 is not" },
		{ ",\"login_shell\":1", "account.login_shell: must be true" },
		{ ",\"use\":\"often\"",
		    "account.use: 'often' is none of: never seen" },
		{ ",\"use\":\"\"", "account.use: '' is none of" },
		{ ",\"use\":1", "account.use: must be a word" },
		{ ",\"guess\":\"password1\"", "account.guess: 'password1'" },
		{ ",\"password\":{\"state\":\"open\"}",
		    "account.password.state: 'open' is none of" },
		{ ",\"password\":{\"scheme\":\"unknown\"}",
		    "account.password.scheme: 'unknown' is none of: yescrypt" },
		{ ",\"password\":{\"hash\":\"$y$\"}",
		    "account.password: there is no 'hash'" },
		{ ",\"password\":\"$y$\"",
		    "account.password: must be an object" },
		{ ",\"shadow\":{}", "account.shadow.file: missing" },
		{ ",\"shadow\":{\"file\":\"f\",\"line\":-1}",
		    "account.shadow.line: -1" },
		{ ",\"shadow\":{\"file\":null}",
		    "account.shadow.file: must be a string" },
		{ ",\"paths\":{}", "account.paths: must be a list" },
		{ ",\"paths\":[]", "account.paths: must be a list" },
		{ ",\"paths\":[1]", "account.paths: must be an object" },
		{ ",\"paths\":[{\"kind\":\"root\"}]",
		    "account.paths.kind: 'root' is none of: uid0 group sudo" },
		{ ",\"paths\":[{\"kind\":\"uid0\"}]",
		    "account.paths.detail: missing" },
		{ ",\"paths\":[{\"kind\":\"uid0\",\"detail\":\"\"}]",
		    "account.paths.source: missing" },
		{ ",\"paths\":[{\"kind\":\"sudo\",\"detail\":\"\",\"source\":"
		  "{\"file\":\"f\"},\"excess\":\"max_age_old\"}]",
		    "account.paths.excess: 'max_age_old' is none of: minimum_" },
		{ ",\"defects\":[{\"source\":{\"file\":\"f\"}}]",
		    "account.defects.reason: missing" },
		{ ",\"defects\":[{\"type\":\"defect\",\"reason\":"
		  "\"wellformed_uid\",\"source\":{\"file\":\"f\"}}]",
		    "account.defects: there is no 'type'" },
		{ ",\"same_uid\":{\"name\":\"x\"}",
		    "account.same_uid.source: missing" },
		{ ",\"same_uid\":{\"source\":{\"file\":\"f\"}}",
		    "account.same_uid.name: missing" },
		{ ",\"key_owners\":{\"hex\":\"a\"}",
		    "account.key_owners: \"hex\" must be bytes" },
		{ ",\"key_owners\":{\"hex\":\"\"}",
		    "account.key_owners: \"hex\" must be bytes" },
		{ ",\"key_owners\":{\"hex\":\"ff00\"}",
		    "account.key_owners: \"hex\" must be bytes" },
		{ ",\"key_owners\":{\"hex\":\"FF\"}",
		    "account.key_owners: \"hex\" must be bytes" },
		{ ",\"key_owners\":{\"hex\":\"zz\"}",
		    "account.key_owners: \"hex\" must be bytes" },
		{ ",\"key_owners\":{\"hex\":1}",
		    "account.key_owners: must be a string, or" },
		{ ",\"key_owners\":{\"hex\":\"ff\",\"x\":1}",
		    "account.key_owners: must be a string, or" },
		{ ",\"key_owners\":\"a\\u0000b\"", "must be one JSON object" },
		{ ",\"key_owners\":\"\\ud800\"", "must be one JSON object" },
		{ "} {", "must be one JSON object" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[1024], error[256];

		(void)snprintf(text, sizeof(text),
		    HEAD ACCOUNT ACCOUNT_WITH("%s") END(2, 0), cases[i].more);
		(void)snprintf(error, sizeof(error), ":3: %s", cases[i].error);
		refuses(text, error);
	}
}

static void
test_snapshot__refuses_a_line_that_lacks_something(void **state)
{
	static const char *const keys[] = { "name", "home", "shell", "entry" };

	(void)state;
	for (size_t i = 0; i < LENGTH(keys); i++) {
		char text[] = HEAD ACCOUNT END(1, 0), error[64];
		char *at = strstr(text + strlen(HEAD), keys[i]);

		/* Another key of the same size. */
		at[1] = '_';
		(void)snprintf(error, sizeof(error), ":2: account.%s: missing",
		    keys[i]);
		refuses(text, error);
	}
}

static void
test_snapshot__refuses_reasons_that_a_defect_can_not_have(void **state)
{
	unsigned int taken = 0;

	(void)state;
	for (unsigned int i = 1; i < WARD_REASON_COUNT; i++) {
		const char *id = ward_reasons[i].id;
		bool right = strncmp(id, "WELLFORMED_", 11) == 0 ||
		    strncmp(id, "UNIQUE_G", 8) == 0 ||
		    strcmp(id, "SHARED_GROUP_PASSWORD") == 0 ||
		    strcmp(id, "TRUSTED_HOST") == 0 ||
		    strcmp(id, "TRUSTED_UNREAD") == 0;
		char text[1024], low[64];

		(void)snprintf(low, sizeof(low), "%s", id);
		for (char *c = low; *c != '\0'; c++) {
			*c |= *c >= 'A' && *c <= 'Z' ? 0x20 : 0;
		}
		(void)snprintf(text, sizeof(text),
		    HEAD ACCOUNT "{\"type\":\"defect\",\"reason\":\"%s\","
				 "\"source\":{\"file\":\"f\"}}\n" END(1, 1),
		    low);
		if (right) {
			struct seen seen = { .accounts = 0 };
			struct ward_error err = { .text = "" };

			assert_int_equal(read_bytes(text, strlen(text), &seen,
					     &err),
			    0);
			assert_non_null(strstr(seen.text, id));
			taken++;
		} else {
			refuses(text, ":3: defect.reason: '");
		}
	}
	assert_true(taken > 20);
	refuses(HEAD "{\"type\":\"defect\",\"reason\":\"WELLFORMED_UID\","
		     "\"source\":{\"file\":\"f\"}}\n",
	    ":2: defect.reason: 'WELLFORMED_UID' is none of");
	refuses(HEAD "{\"type\":\"defect\",\"reason\":\"wellformed_uid\"}\n",
	    ":2: defect.source: missing");
}

static void
test_snapshot__refuses_lines_of_another_kind(void **state)
{
	(void)state;
	refuses(HEAD HEAD ACCOUNT END(1, 0),
	    ":2: type 'snapshot' is none of: account defect service end");
	refuses(HEAD ACCOUNT "{\"type\":\"secret\"}\n" END(1, 0),
	    ":3: type 'secret' is none of");
	refuses(HEAD "\n" ACCOUNT END(1, 0), ":2: must be one JSON object");
	refuses(HEAD "[]\n", ":2: must be an object with a \"type\"");
	refuses(HEAD "{\"name\":\"x\"}\n", ":2: must be an object with a");
	refuses(HEAD "{\"type\":null}\n", ":2: must be an object with a");
	refuses(HEAD "\xa4\xa4\n", ":2: the line is not UTF-8");
	refuses(HEAD ACCOUNT END(1, 0) "\n",
	    ":4: there is more behind the line of type 'end'");
	refuses(HEAD ACCOUNT END(1, 0) ACCOUNT, ":4: there is more behind");
	refuses(HEAD ACCOUNT END(1, 0) END(1, 0), ":4: there is more behind");
}

static void
test_snapshot__refuses_other_counts(void **state)
{
	(void)state;
	refuses(HEAD ACCOUNT END(2, 0),
	    ":3: there should be 2 accounts and 0 defects before this line, "
	    "but there are 1 and 0");
	refuses(HEAD ACCOUNT ACCOUNT END(1, 0), ":4: there should be 1 ");
	refuses(HEAD ACCOUNT DEFECT END(1, 0), ":4: there should be 1 ");
	refuses(HEAD ACCOUNT END(1, 1), ":3: there should be 1 ");
	refuses(HEAD ACCOUNT END(-1, 0), ":3: end.accounts: -1 is not from");
	refuses(HEAD ACCOUNT "{\"type\":\"end\",\"accounts\":1}\n",
	    ":3: end.defects: missing");
	refuses(HEAD END(0, 0), ":2: no account in the snapshot");
	refuses(HEAD DEFECT END(0, 1), ":3: no account in the snapshot");
}

static void
test_snapshot__refuses_nul_bytes_and_long_lines(void **state)
{
	static const char nul[] = HEAD "{\"type\":\"account\"\0}\n";
	size_t size = WARD_FACTS_LINE_MAX + 4096, head = strlen(HEAD);
	char *text = malloc(size);

	(void)state;
	assert_non_null(text);
	refuses_bytes(nul, sizeof(nul) - 1, ":2: the line holds a NUL byte");
	memset(text, ' ', size);
	memcpy(text, HEAD, head);
	text[head + WARD_FACTS_LINE_MAX + 1] = '\n';
	refuses_bytes(text, size, ":2: the line is longer than 1048576 bytes");
	text[head + WARD_FACTS_LINE_MAX] = '\n';
	refuses_bytes(text, size, ":2: must be one JSON object");
	/* No line at all: not more than that is ever kept. */
	memset(text, ' ', size);
	refuses_bytes(text, size, ":1: the line is longer than");
	free(text);
}

/* Cut anywhere, it is an error, and no less so at the end of a line. */
static void
test_snapshot__refuses_what_is_cut_off(void **state)
{
	static const char whole[] = HEAD ACCOUNT_WITH(",\"uid\":1000")
	    DEFECT ACCOUNT END(2, 1);

	(void)state;
	takes(whole, "wang;!WELLFORMED_COMPAT;wang;");
	for (size_t size = 0; size + 1 < sizeof(whole); size++) {
		refuses_bytes(whole, size, ":");
	}
	refuses(HEAD,
	    ":2: the snapshot is cut off: the line of type 'end' is "
	    "missing");
	refuses(HEAD ACCOUNT, ":3: the snapshot is cut off");
	refuses_bytes(whole, sizeof(whole) - 2, ":5: the line is torn");
}

static void
test_snapshot__tells_why_there_is_no_file(void **state)
{
	char *tree = ward_tree_new(NULL), *path = ward_tree_path(tree, "/no");
	struct seen seen = { .accounts = 0 };
	struct ward_error err = { .text = "" };

	(void)state;
	assert_int_equal(read_file(path, &seen, &err), WARD_ERR_MISSING);
	assert_non_null(strstr(err.text, "/no: No such file"));
	assert_int_equal(read_file(tree, &seen, &err), WARD_ERR_IO);
	assert_non_null(strstr(err.text, ": Is a directory"));
	free(path);
	ward_tree_remove(tree);
}

/* More facts than a line may hold are not written, rather than not read. */
static void
test_snapshot__writes_no_line_that_is_not_read(void **state)
{
	struct ward_account account = full_account();
	struct ward_path *paths = calloc(20000, sizeof(*paths));
	struct ward_error err = { .text = "" };
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	assert_non_null(stream);
	assert_non_null(paths);
	for (size_t i = 0; i < 20000; i++) {
		paths[i] = all_paths[0];
	}
	account.paths = paths;
	account.path_count = 20000;
	assert_int_equal(ward_facts_put(stream, &ward_facts_account_shape,
			     &account, &err),
	    WARD_ERR_RANGE);
	assert_non_null(strstr(err.text, "more facts than a line"));
	assert_int_equal(fclose(stream), 0);
	assert_int_equal(size, 0);
	free(text);
	free(paths);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_snapshot__every_member_comes_back),
		cmocka_unit_test(
		    test_snapshot__what_is_not_known_stays_unknown),
		cmocka_unit_test(test_snapshot__every_word_comes_back),
		cmocka_unit_test(test_snapshot__every_member_has_a_row),
		cmocka_unit_test(test_snapshot__a_service_comes_back),
		cmocka_unit_test(test_snapshot__services_are_counted),
		cmocka_unit_test(
		    test_snapshot__refuses_what_a_service_can_not_have),
		cmocka_unit_test(test_snapshot__is_handed_on_in_its_order),
		cmocka_unit_test(test_snapshot__the_head_is_told),
		cmocka_unit_test(test_snapshot__the_visitor_can_stop),
		cmocka_unit_test(test_snapshot__refuses_what_is_no_snapshot),
		cmocka_unit_test(test_snapshot__refuses_other_versions),
		cmocka_unit_test(test_snapshot__refuses_a_wrong_head),
		cmocka_unit_test(
		    test_snapshot__refuses_what_an_account_can_not_have),
		cmocka_unit_test(
		    test_snapshot__refuses_a_line_that_lacks_something),
		cmocka_unit_test(
		    test_snapshot__refuses_reasons_that_a_defect_can_not_have),
		cmocka_unit_test(test_snapshot__refuses_lines_of_another_kind),
		cmocka_unit_test(test_snapshot__refuses_other_counts),
		cmocka_unit_test(
		    test_snapshot__refuses_nul_bytes_and_long_lines),
		cmocka_unit_test(test_snapshot__refuses_what_is_cut_off),
		cmocka_unit_test(test_snapshot__tells_why_there_is_no_file),
		cmocka_unit_test(
		    test_snapshot__writes_no_line_that_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
