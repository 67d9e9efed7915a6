/* SPDX-License-Identifier: BSD-2-Clause */
/* events.c: the line, the file it goes to, and the audit record. */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <libaudit.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/event_text.h"

#define FILE_PATH "var/log/acctward/events.jsonl"

/* Names as somebody who means harm would choose them. */
static const char *const hostile[] = {
	"wang01",
	"",
	"x\",\"user\":\"root",
	"x\n{\"event\":\"login.unlocked\"}",
	"\r\n\t\b\f\x01\x1f\x7f\x1b[31m\x1b]0;x\x07",
	"\\u000a\\",
	"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80 \x80",
	"\xc2\x85\xc2\x9b\x31m\xe2\x80\xa8\xe2\x80\xa9",
	"\xe2\x80\xae"
	"gnaw\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8b",
	"\xf3\xa0\x81\x81\xf3\xa0\x80\x81",
	"王小明 user=root",
	"a=b c=\"d\" res=success",
};

/* What stands between the kernel and the code: 0 is the real thing. */
static struct {
	size_t cut; /* only so many bytes are written */
	int error;
	int opens, records;
	int open_error, send_error, send_result;
	int types[2], success;
	char message[8192], host[512], address[512], tty[512];
} fake;

ssize_t
write(int fd, const void *bytes, size_t size)
{
	if (fake.error != 0) {
		errno = fake.error;
		return -1;
	}
	return syscall(SYS_write, fd, bytes,
	    fake.cut > 0 && fake.cut < size ? fake.cut : size);
}

int
audit_open(void)
{
	fake.opens++;
	if (fake.open_error != 0) {
		errno = fake.open_error;
		return -1;
	}
	return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

int
audit_log_user_message(int fd, int type, const char *message,
    const char *hostname, const char *addr, const char *tty, int result)
{
	assert_in_range(fake.records, 0, 1);
	fake.types[fake.records++] = type;
	assert_true(fd >= 0);
	assert_non_null(hostname);
	/* Without an address libaudit looks the name up. */
	assert_true(addr != NULL && *addr != '\0');
	assert_non_null(tty);
	fake.success = result;
	(void)snprintf(fake.message, sizeof(fake.message), "%s", message);
	(void)snprintf(fake.host, sizeof(fake.host), "%s", hostname);
	(void)snprintf(fake.address, sizeof(fake.address), "%s", addr);
	(void)snprintf(fake.tty, sizeof(fake.tty), "%s", tty);
	if (fake.send_error != 0) {
		errno = fake.send_error;
		return fake.send_result;
	}
	return 1;
}

static struct ward_event
full_event(void)
{
	return (struct ward_event){
		.id = WARD_EVENT_LOCKED,
		.when = { 1795140000, 480 },
		.user = "wang01",
		.uid = { true, 1001 },
		.by = "lee",
		.from = { "sshd", "ssh", "10.0.0.5" },
		.plan = "P-ZX",
		.clause = "玖.三.(六)2",
		.reason = WARD_REASON_MAX_AGE_OLD,
		.detail = "5 failures in 900 s",
	};
}

/* The line of an event, with a NUL behind it. */
static const char *
line_of(const struct ward_event *event, char text[WARD_EVENT_LINE + 1])
{
	size_t size = ward_event_json(event, text);

	assert_true(size > 0 && size <= WARD_EVENT_LINE);
	text[size] = '\0';
	assert_int_equal(strlen(text), size);
	return text;
}

/* One line that a terminal shows as it is. */
static void
assert_harmless(const char *text, size_t size)
{
	while (size > 0) {
		uint32_t c;
		size_t length = ward_utf8_decode(text, size, &c);

		assert_true(length > 0);
		assert_false(ward_is_hidden(c));
		text += length;
		size -= length;
	}
}

/* The object that the line is; json_decref() it. */
static json_t *
parse(const char *line, size_t size)
{
	json_error_t error;
	json_t *object;

	assert_true(size > 1 && line[size - 1] == '\n');
	assert_harmless(line, size - 1);
	object = json_loadb(line, size - 1, JSON_REJECT_DUPLICATES, &error);
	if (object == NULL) {
		fail_msg("%s: %.*s", error.text, (int)size, line);
	}
	assert_true(json_is_object(object));
	return object;
}

/* ---- the line ----------------------------------------------------------- */

static void
test_event_json__all_members_in_order(void **state)
{
	struct ward_event event = full_event();
	char line[WARD_EVENT_LINE + 1];

	(void)state;
	assert_string_equal(line_of(&event, line),
	    "{\"time\":\"2026-11-20T10:00:00+08:00\","
	    "\"event\":\"login.locked\",\"user\":\"wang01\",\"uid\":1001,"
	    "\"by\":\"lee\",\"service\":\"sshd\",\"tty\":\"ssh\","
	    "\"rhost\":\"10.0.0.5\",\"rule\":\"password.max_age\","
	    "\"plan\":\"P-ZX\",\"clause\":\"玖.三.(六)2\","
	    "\"reason\":\"max_age_old\",\"detail\":\"5 failures in 900 s\","
	    "\"success\":true}\n");
}

/* What is not known is left out; a rule is the event's own where no finding
 * says another. */
static void
test_event_json__least(void **state)
{
	struct ward_event event = { .id = WARD_EVENT_FAULT };
	char line[WARD_EVENT_LINE + 1];

	(void)state;
	assert_string_equal(line_of(&event, line),
	    "{\"time\":\"1970-01-01T00:00:00+00:00\","
	    "\"event\":\"state.fault\",\"success\":false}\n");
	event.id = WARD_EVENT_FAILED;
	assert_string_equal(line_of(&event, line),
	    "{\"time\":\"1970-01-01T00:00:00+00:00\","
	    "\"event\":\"login.failed\",\"rule\":\"login.lockout\","
	    "\"success\":false}\n");
}

static void
test_event_json__every_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < WARD_EVENT_COUNT; i++) {
		struct ward_event event = { .id = (enum ward_event_id)i };
		char line[WARD_EVENT_LINE];
		json_t *object = parse(line, ward_event_json(&event, line));
		const char *rule = json_string_value(
		    json_object_get(object, "rule"));

		assert_string_equal(json_string_value(
					json_object_get(object, "event")),
		    ward_events[i].id);
		assert_int_equal(rule == NULL,
		    ward_events[i].rule == WARD_RULE_COUNT);
		json_decref(object);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(ward_events[i].id,
			    ward_events[j].id);
		}
	}
}

static void
test_event_json__escapes(void **state)
{
	static const struct {
		const char *value, *written;
	} cases[] = {
		{ "", "" },
		{ "wang lee", "wang lee" },
		{ "王小明", "王小明" },
		{ "\"\\/", "\\\"\\\\/" },
		{ "a\nb\r\t", "a\\u000Ab\\u000D\\u0009" },
		{ "\x01\x1b[0m\x7f", "\\u0001\\u001B[0m\\u007F" },
		{ "\xc2\x9b", "\\u009B" },
		{ "\xff", "\\u00FF" },
		{ "\xe7\x8e", "\\u00E7\\u008E" },
		{ "\xc0\x80", "\\u00C0\\u0080" },
		{ "\xed\xa0\x80", "\\u00ED\\u00A0\\u0080" },
		{ "\xe2\x80\xae\xe2\x80\xa8", "\\u202E\\u2028" },
		{ "\xf3\xa0\x81\x81", "\\uDB40\\uDC41" },
		{ "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_event event = { .id = WARD_EVENT_FAULT,
			.user = cases[i].value };
		char line[WARD_EVENT_LINE + 1], want[256];

		(void)snprintf(want, sizeof(want),
		    "{\"time\":\"1970-01-01T00:00:00+00:00\","
		    "\"event\":\"state.fault\",\"user\":\"%s\","
		    "\"success\":false}\n",
		    cases[i].written);
		assert_string_equal(line_of(&event, line), want);
	}
}

/* Every string from every hostile name: one harmless line, in which what can be
 * said in UTF-8 says what it said. */
static void
test_event_json__hostile(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		const char *bad = hostile[i];
		struct ward_event event = { .id = WARD_EVENT_REFUSED,
			.user = bad,
			.by = bad,
			.from = { bad, bad, bad },
			.plan = bad,
			.clause = bad,
			.detail = bad };
		char line[WARD_EVENT_LINE];
		json_t *object = parse(line, ward_event_json(&event, line));

		assert_int_equal(json_object_size(object), 12);
		assert_string_equal(json_string_value(
					json_object_get(object, "event")),
		    "login.refused");
		if (ward_utf8_valid(bad, strlen(bad))) {
			assert_string_equal(json_string_value(
						json_object_get(object,
						    "user")),
			    bad);
			assert_string_equal(json_string_value(
						json_object_get(object,
						    "rhost")),
			    bad);
		}
		json_decref(object);
	}
}

/* At most 256 bytes as they are written, never a part of a character. */
static void
test_event_json__long_strings(void **state)
{
	static const struct {
		const char *piece;
		size_t times, kept; /* in characters */
	} cases[] = {
		{ "a", 256, 256 },
		{ "a", 257, 256 },
		{ "a", 100000, 256 },
		{ "王", 85, 85 },
		{ "王", 86, 85 },
		{ "\x01", 1000, 42 },
		{ "\xff", 1000, 42 },
		{ "\"", 1000, 128 },
		{ "\xf3\xa0\x81\x81", 1000, 21 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t one = strlen(cases[i].piece);
		char *text = malloc(one * cases[i].times + 1);
		char line[WARD_EVENT_LINE];
		struct ward_event event = full_event();
		json_t *object;
		const char *user;
		size_t characters = 0;

		assert_non_null(text);
		for (size_t j = 0; j < cases[i].times; j++) {
			memcpy(text + j * one, cases[i].piece, one + 1);
		}
		event.user = event.by = event.plan = event.clause =
		    event.detail = event.from
				       .service = event.from
						      .tty = event.from
								 .rhost = text;
		event.uid = (struct ward_optional){ true, INT64_MIN };
		event.when = (struct ward_moment){ INT64_MIN / 2, -720 };
		object = parse(line, ward_event_json(&event, line));
		user = json_string_value(json_object_get(object, "user"));
		for (; *user != '\0'; user++) {
			characters += (*user & 0xc0) != 0x80;
		}
		assert_int_equal(characters, cases[i].kept);
		assert_int_equal(json_object_size(object), 14);
		json_decref(object);
		free(text);
	}
}

/* ---- text for syslog ----------------------------------------------------- */

static void
test_event_text__cases(void **state)
{
	static const struct {
		struct ward_event event;
		const char *text;
	} cases[] = {
		{ { .id = WARD_EVENT_LOCKED,
		      .user = "wang01",
		      .uid = { true, 1001 },
		      .from = { "sshd", NULL, "10.0.0.5" },
		      .clause = "肆.八.(五)3" },
		    "account locked: user=wang01 uid=1001 service=sshd "
		    "rhost=10.0.0.5 rule=login.lockout "
		    "clause=\"肆.八.(五)3\"" },
		{ { .id = WARD_EVENT_FAULT },
		    "acctward could not do its work" },
		{ { .id = WARD_EVENT_UNLOCKED,
		      .user = "",
		      .by = "lee uid=0",
		      .plan = "P-ZX",
		      .clause = "a",
		      .detail = "3" },
		    "failures reset: user=\"\" by=\"lee uid=0\" "
		    "rule=login.lockout plan=P-ZX clause=\"a\" detail=\"3\"" },
		{ { .id = WARD_EVENT_CHANGE,
		      .user = "x\nroot",
		      .from = { "su", "pts/0", "[fe80::1%eth0]" },
		      .reason = WARD_REASON_MAX_AGE_OLD },
		    "the password has to be changed: user=\"x\\u000Aroot\" "
		    "service=su tty=pts/0 rhost=\"[fe80::1%eth0]\" "
		    "rule=password.max_age reason=max_age_old" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[2048];

		ward_event_text(&cases[i].event, text, sizeof(text));
		assert_string_equal(text, cases[i].text);
	}
}

/* Whatever the names and the room: one harmless line with its end. */
static void
test_event_text__hostile_and_short(void **state)
{
	char text[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		const char *bad = hostile[i];
		struct ward_event event = { .id = WARD_EVENT_REFUSED,
			.user = bad,
			.by = bad,
			.from = { bad, bad, bad },
			.detail = bad };

		for (size_t size = 1; size < 512; size++) {
			memset(text, 'x', sizeof(text));
			ward_event_text(&event, text, size);
			assert_true(strlen(text) < size);
			assert_true(text[size] == 'x');
			assert_harmless(text, strlen(text));
		}
		text[0] = 'x';
		ward_event_text(&event, text, 0);
		assert_true(text[0] == 'x');
	}
}

/* ---- the file ------------------------------------------------------------ */

struct place {
	char *tree;
	struct ward_state *state;
	size_t fds;
};

static void
enter(struct place *place)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	memset(&fake, 0, sizeof(fake));
	place->fds = ward_open_fds();
	place->tree = ward_tree_new(NULL);
	assert_int_equal(ward_state_open(place->tree, WARD_STATE_KEEP,
			     &place->state, &err),
	    0);
}

static void
leave(struct place *place)
{
	memset(&fake, 0, sizeof(fake));
	ward_state_close(place->state);
	assert_int_equal(ward_open_fds(), place->fds);
	ward_tree_remove(place->tree);
}

/* What is in the file, with a NUL behind it; free() it. */
static char *
content(const struct place *place)
{
	char *path = ward_tree_path(place->tree, FILE_PATH);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *text;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	text = calloc(1, (size_t)st.st_size + 1);
	assert_non_null(text);
	assert_int_equal(read(fd, text, (size_t)st.st_size), st.st_size);
	assert_int_equal(close(fd), 0);
	free(path);
	return text;
}

static int
write_one(const struct place *place, const char *user, struct ward_error *err)
{
	struct ward_event event = full_event();

	event.user = user;
	return ward_event_write(place->state, &event, err);
}

/* How many lines, each of them an object. */
static size_t
count_lines(const char *text)
{
	size_t lines = 0;

	while (*text != '\0') {
		size_t size = strcspn(text, "\n") + 1;

		json_decref(parse(text, size));
		text += size;
		lines++;
	}
	return lines;
}

/* Made for nobody else, whatever the process's umask, which stays as it is; no
 * audit record, as the host is not the running one. */
static void
test_event_write__appends(void **state)
{
	struct ward_event event = full_event();
	char line[WARD_EVENT_LINE + 1];
	mode_t mask = umask(0);
	struct place place;
	struct stat st;
	char *path, *text;

	(void)state;
	enter(&place);
	assert_int_equal(ward_event_write(place.state, &event, NULL), 0);
	text = content(&place);
	assert_string_equal(text, line_of(&event, line));
	free(text);
	assert_int_equal(write_one(&place, "lee", NULL), 0);
	text = content(&place);
	assert_int_equal(count_lines(text), 2);
	assert_memory_equal(text, line, strlen(line));
	free(text);
	path = ward_tree_path(place.tree, FILE_PATH);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode, S_IFREG | 0600);
	free(path);
	path = ward_tree_path(place.tree, "var/log/acctward");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0700);
	free(path);
	assert_int_equal(fake.opens, 0);
	assert_int_equal(umask(mask), 0);
	leave(&place);
}

/* Of every kind, with every hostile name. check_events.sh has them kept, and
 * holds them against the schema. */
static void
test_event_write__every_kind(void **state)
{
	const char *keep = getenv("WARD_TEST_EVENTS");
	const size_t names = sizeof(hostile) / sizeof(hostile[0]);
	struct place place;
	char *text;

	(void)state;
	enter(&place);
	for (size_t i = 0; i < WARD_EVENT_COUNT * names; i++) {
		const char *bad = hostile[i % names];
		struct ward_event event = full_event();

		event.id = (enum ward_event_id)(i / names);
		event.user = bad;
		event.uid.known = i % 2 == 0;
		event.by = i % 3 == 0 ? bad : NULL;
		event.from = (struct ward_from){ bad, i % 5 == 0 ? NULL : bad,
			i % 7 == 0 ? NULL : bad };
		event.plan = i % 11 == 0 ? NULL : "P-ZX";
		event.clause = i % 11 == 0 ? NULL : bad;
		event.reason = (enum ward_reason_id)(i % WARD_REASON_COUNT);
		event.detail = i % 13 == 0 ? NULL : bad;
		assert_int_equal(ward_event_write(place.state, &event, NULL),
		    0);
	}
	text = content(&place);
	assert_int_equal(count_lines(text), WARD_EVENT_COUNT * names);
	if (keep != NULL) {
		FILE *stream = fopen(keep, "we");

		assert_non_null(stream);
		assert_true(fputs(text, stream) >= 0);
		assert_int_equal(fclose(stream), 0);
	}
	free(text);
	leave(&place);
}

#define WRITERS 50
#define EACH 40

static void
write_many(const struct place *place, int who)
{
	char name[64];
	int failed = 0;

	for (int i = 0; i < EACH; i++) {
		(void)snprintf(name, sizeof(name), "%d.%d", who, i);
		failed |= write_one(place, name, NULL);
	}
	_exit(failed != 0);
}

static void
run_writers(const struct place *place)
{
	pid_t pids[WRITERS];

	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0) {
			write_many(place, i);
		}
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = -1;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
}

/* No line is torn, mixed, lost or written twice, and none is empty. */
static void
test_event_write__fifty_at_once(void **state)
{
	bool seen[WRITERS][EACH] = { { false } };
	struct place place;
	char *text;

	(void)state;
	enter(&place);
	run_writers(&place);
	text = content(&place);
	assert_int_equal(count_lines(text), WRITERS * EACH);
	for (const char *at = text; *at != '\0'; at += strcspn(at, "\n") + 1) {
		json_t *object = parse(at, strcspn(at, "\n") + 1);
		const char *name = json_string_value(
		    json_object_get(object, "user"));
		char *dot;
		long who = strtol(name, &dot, 10);
		long which = strtol(dot + 1, NULL, 10);

		assert_false(seen[who][which]);
		seen[who][which] = true;
		json_decref(object);
	}
	free(text);
	leave(&place);
}

/* What an earlier write left without its end stays a line of its own. */
static void
test_event_write__torn(void **state)
{
	static const char torn[] = "{\"time\":\"2026-11-2";
	struct place place;
	char *text;

	(void)state;
	enter(&place);
	ward_tree_put(place.tree, FILE_PATH, torn, strlen(torn));
	assert_int_equal(write_one(&place, "wang", NULL), 0);
	assert_int_equal(write_one(&place, "lee", NULL), 0);
	text = content(&place);
	assert_memory_equal(text, torn, strlen(torn));
	assert_int_equal(text[strlen(torn)], '\n');
	assert_int_equal(count_lines(text + strlen(torn) + 1), 2);
	free(text);
	leave(&place);
}

/* Many find the torn end at once: each line stands by itself, though an empty
 * one may stand between. */
static void
test_event_write__torn_fifty_at_once(void **state)
{
	struct place place;
	size_t lines = 0;
	char *text, *rest, *line;

	(void)state;
	enter(&place);
	ward_tree_put(place.tree, FILE_PATH, "{\"ti", 4);
	run_writers(&place);
	text = rest = content(&place);
	line = strsep(&rest, "\n");
	assert_string_equal(line, "{\"ti");
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line != '\0') {
			json_t *object = json_loads(line, 0, NULL);

			assert_non_null(object);
			json_decref(object);
			lines++;
		}
	}
	assert_int_equal(lines, WRITERS * EACH);
	free(text);
	leave(&place);
}

/* ---- what is refused ----------------------------------------------------- */

static void
plant_link(const char *tree)
{
	ward_tree_put(tree, "elsewhere", "", 0);
	ward_tree_link(tree, FILE_PATH, "../../../elsewhere");
}

static void
plant_dangling(const char *tree)
{
	ward_tree_link(tree, FILE_PATH, "../../../elsewhere");
}

static void
plant_dir(const char *tree)
{
	ward_tree_dir(tree, FILE_PATH);
}

static void
plant_fifo(const char *tree)
{
	ward_tree_fifo(tree, FILE_PATH);
}

static void
plant_group(const char *tree)
{
	ward_tree_put(tree, FILE_PATH, "", 0);
	ward_tree_chmod(tree, FILE_PATH, 0620);
}

static void
plant_world(const char *tree)
{
	ward_tree_put(tree, FILE_PATH, "", 0);
	ward_tree_chmod(tree, FILE_PATH, 0602);
}

static void
plant_other(const char *tree)
{
	char *path = ward_tree_path(tree, FILE_PATH);

	ward_tree_put(tree, FILE_PATH, "", 0);
	assert_int_equal(chown(path, 65534, (gid_t)-1), 0);
	free(path);
}

static void
test_event_write__unsafe(void **state)
{
	static const struct {
		void (*plant)(const char *tree);
		const char *says;
		bool root; /* only root can make it so */
	} cases[] = {
		{ plant_link, "symbolic link", false },
		{ plant_dangling, "symbolic link", false },
		{ plant_dir, "not a regular file", false },
		{ plant_fifo, "not a regular file", false },
		{ plant_group, "mode 0620", false },
		{ plant_world, "mode 0602", false },
		{ plant_other, "uid 65534", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct place place;
		struct stat st;
		char *path;

		if (cases[i].root && geteuid() != 0) {
			continue;
		}
		enter(&place);
		cases[i].plant(place.tree);
		assert_int_equal(write_one(&place, "wang", &err),
		    WARD_ERR_UNSAFE);
		assert_non_null(strstr(err.text, cases[i].says));
		assert_non_null(strstr(err.text, FILE_PATH));
		path = ward_tree_path(place.tree, "elsewhere");
		assert_true(stat(path, &st) != 0 || st.st_size == 0);
		free(path);
		leave(&place);
	}
}

/* A state that was opened to be looked at is not written to. */
static void
test_event_write__look(void **state)
{
	struct ward_event event = full_event();
	struct ward_state *look = NULL;
	struct place place;
	struct stat st;
	char *path;

	(void)state;
	enter(&place);
	path = ward_tree_path(place.tree, "var/log/acctward");
	assert_int_equal(ward_state_open(place.tree, WARD_STATE_LOOK, &look,
			     NULL),
	    0);
	assert_true(ward_event_write(look, &event, NULL) < 0);
	assert_int_not_equal(stat(path, &st), 0);
	ward_state_close(look);
	free(path);
	leave(&place);
}

/* ---- a full disk --------------------------------------------------------- */

/* Part of the line is an error, and the next line does not suffer. */
static void
test_event_write__short(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct place place;
	char *text;

	(void)state;
	enter(&place);
	fake.cut = 10;
	assert_int_equal(write_one(&place, "wang", &err), WARD_ERR_IO);
	assert_non_null(strstr(err.text, "only 10 of"));
	fake.cut = 0;
	assert_int_equal(write_one(&place, "lee", NULL), 0);
	text = content(&place);
	assert_int_equal(text[10], '\n');
	assert_int_equal(count_lines(text + 11), 1);
	free(text);
	leave(&place);
}

static void
test_event_write__full(void **state)
{
	static const int errors[] = { ENOSPC, EDQUOT, EROFS, EIO };
	struct place place;

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };

		enter(&place);
		fake.error = errors[i];
		assert_int_equal(write_one(&place, "wang", &err), WARD_ERR_IO);
		fake.error = 0;
		assert_non_null(strstr(err.text, strerror(errors[i])));
		leave(&place);
	}
}

static int
write_limited(const struct place *place, rlim_t limit)
{
	const struct rlimit limits = { limit, limit };
	pid_t pid = fork();
	int status = -1;

	assert_true(pid >= 0);
	if (pid == 0) {
		struct ward_error err = { .language = WARD_ENGLISH };

		_exit(setrlimit(RLIMIT_FSIZE, &limits) != 0       ? 2 :
			write_one(place, "wang", &err) == 0       ? 0 :
			strstr(err.text, strerror(EFBIG)) != NULL ? 1 :
								    3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* Somebody may call su(1) with a limit so low that a write would end it. */
static void
test_event_write__limited(void **state)
{
	static const rlim_t limits[] = { 0, 1, 200 };
	struct place place;
	char *text;

	(void)state;
	enter(&place);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		assert_int_equal(write_limited(&place, limits[i]), 1 << 8);
	}
	assert_int_equal(write_limited(&place, 1000), 0);
	text = content(&place);
	assert_int_equal(count_lines(text), 1);
	free(text);
	leave(&place);
}

/* ---- the audit record ---------------------------------------------------- */

static int
audit_one(const struct ward_event *event, struct ward_error *err)
{
	fake.opens = fake.records = 0;
	memset(fake.types, 0, sizeof(fake.types));
	return ward_event_audit(event, err);
}

/* The types are linux-pam's, which writes two for a lock; most events have
 * none. */
static void
test_event_audit__types(void **state)
{
	static const struct {
		enum ward_event_id id;
		int types[2], success;
	} cases[] = {
		{ WARD_EVENT_LOCKED,
		    { AUDIT_ANOM_LOGIN_FAILURES, AUDIT_RESP_ACCT_LOCK }, 1 },
		{ WARD_EVENT_UNLOCKED, { AUDIT_USER_MGMT, 0 }, 1 },
		{ WARD_EVENT_REFUSED, { 0, 0 }, 0 },
		{ WARD_EVENT_FAILED, { 0, 0 }, 0 },
		{ WARD_EVENT_OPENED, { 0, 0 }, 0 },
	};
	size_t fds = ward_open_fds();

	(void)state;
	memset(&fake, 0, sizeof(fake));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_event event = full_event();

		event.id = cases[i].id;
		assert_int_equal(audit_one(&event, NULL), 0);
		assert_int_equal(fake.opens, cases[i].types[0] != 0);
		assert_int_equal(fake.records,
		    (cases[i].types[0] != 0) + (cases[i].types[1] != 0));
		if (cases[i].types[0] != 0) {
			assert_memory_equal(fake.types, cases[i].types,
			    sizeof(fake.types));
			assert_int_equal(fake.success, cases[i].success);
			assert_string_equal(fake.host, "10.0.0.5");
			assert_string_equal(fake.address, "10.0.0.5");
			assert_string_equal(fake.tty, "ssh");
		}
	}
	assert_int_equal(ward_open_fds(), fds);
}

static void
test_event_audit__message(void **state)
{
	static const struct {
		const char *user, *rhost, *tty;
		const char *message, *host, *address, *shown_tty;
	} cases[] = {
		{ "wang01", "10.0.0.5", "pts/3",
		    "op=acctward:login.locked suid=1001 acct=\"wang01\"",
		    "10.0.0.5", "10.0.0.5", "pts/3" },
		{ "wang01", "a.example.tw", NULL,
		    "op=acctward:login.locked suid=1001 acct=\"wang01\"",
		    "a.example.tw", "?", "?" },
		{ "wang01", "::1", "",
		    "op=acctward:login.locked suid=1001 acct=\"wang01\"", "::1",
		    "::1", "?" },
		{ NULL, NULL, ":0", "op=acctward:login.locked suid=1001", "?",
		    "?", ":0" },
		{ "x res=success", "h res=success", "t\" x",
		    "op=acctward:login.locked suid=1001 "
		    "acct=78207265733D73756363657373 "
		    "rhost=68207265733D73756363657373",
		    "?", "?", "?" },
		{ "x\ny", "\n", "\n",
		    "op=acctward:login.locked suid=1001 acct=780A79 rhost=0A",
		    "?", "?", "?" },
	};

	(void)state;
	memset(&fake, 0, sizeof(fake));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_event event = full_event();

		event.user = cases[i].user;
		event.from.rhost = cases[i].rhost;
		event.from.tty = cases[i].tty;
		assert_int_equal(audit_one(&event, NULL), 0);
		assert_string_equal(fake.message, cases[i].message);
		assert_string_equal(fake.host, cases[i].host);
		assert_string_equal(fake.address, cases[i].address);
		assert_string_equal(fake.tty, cases[i].shown_tty);
	}
}

static void
test_event_audit__long(void **state)
{
	struct ward_event event = full_event();
	char *text = malloc(100001);

	(void)state;
	assert_non_null(text);
	memset(text, ' ', 100000);
	text[100000] = '\0';
	memset(&fake, 0, sizeof(fake));
	event.user = event.from.rhost = event.from.tty = text;
	assert_int_equal(audit_one(&event, NULL), 0);
	assert_true(strlen(fake.message) < 2048);
	assert_null(strstr(fake.message, "  "));
	free(text);
}

/* Where there is no audit, or not for this process, nothing is amiss. */
static void
test_event_audit__nobody_there(void **state)
{
	static const int silent[] = { EINVAL, EPROTONOSUPPORT, EAFNOSUPPORT,
		ECONNREFUSED, EPERM };
	struct ward_event event = full_event();
	size_t fds = ward_open_fds();

	(void)state;
	memset(&fake, 0, sizeof(fake));
	for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
		fake.open_error = silent[i];
		assert_int_equal(audit_one(&event, NULL), 0);
		assert_int_equal(fake.records, 0);
		fake.open_error = 0;
		fake.send_error = silent[i];
		for (fake.send_result = -1; fake.send_result <= 0;
		     fake.send_result++) {
			assert_int_equal(audit_one(&event, NULL), 0);
		}
		fake.send_error = -silent[i]; /* libaudit sets it so, too */
		assert_int_equal(audit_one(&event, NULL), 0);
		fake.send_error = 0;
	}
	assert_int_equal(ward_open_fds(), fds);
}

static void
test_event_audit__fails(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_event event = full_event();
	size_t fds = ward_open_fds();

	(void)state;
	memset(&fake, 0, sizeof(fake));
	fake.open_error = EMFILE;
	assert_int_equal(audit_one(&event, &err), WARD_ERR_IO);
	assert_non_null(strstr(err.text, strerror(EMFILE)));
	fake.open_error = 0;
	fake.send_error = ENOBUFS;
	fake.send_result = -1;
	assert_int_equal(audit_one(&event, &err), WARD_ERR_IO);
	assert_non_null(strstr(err.text, strerror(ENOBUFS)));
	assert_int_equal(ward_open_fds(), fds);
	memset(&fake, 0, sizeof(fake));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_event_json__all_members_in_order),
		cmocka_unit_test(test_event_json__least),
		cmocka_unit_test(test_event_json__every_kind),
		cmocka_unit_test(test_event_json__escapes),
		cmocka_unit_test(test_event_json__hostile),
		cmocka_unit_test(test_event_json__long_strings),
		cmocka_unit_test(test_event_text__cases),
		cmocka_unit_test(test_event_text__hostile_and_short),
		cmocka_unit_test(test_event_write__appends),
		cmocka_unit_test(test_event_write__every_kind),
		cmocka_unit_test(test_event_write__fifty_at_once),
		cmocka_unit_test(test_event_write__torn),
		cmocka_unit_test(test_event_write__torn_fifty_at_once),
		cmocka_unit_test(test_event_write__unsafe),
		cmocka_unit_test(test_event_write__look),
		cmocka_unit_test(test_event_write__short),
		cmocka_unit_test(test_event_write__full),
		cmocka_unit_test(test_event_write__limited),
		cmocka_unit_test(test_event_audit__types),
		cmocka_unit_test(test_event_audit__message),
		cmocka_unit_test(test_event_audit__long),
		cmocka_unit_test(test_event_audit__nobody_there),
		cmocka_unit_test(test_event_audit__fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
