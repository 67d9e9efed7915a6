/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an account's history, then, behind 0x1e, as opasswd(5). No hash
 * is computed. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "state/history_file.h"

/* In memory, where that is to be had. */
static char memory[] = "/dev/shm/acctward-fuzz-XXXXXX",
	    disk[] = "/tmp/acctward-fuzz-XXXXXX";
static const char *tree;
static struct ward_state *state;

#define HISTORY "/var/lib/acctward/history/a"
#define OPASSWD "/etc/security/opasswd"
#define FIELD "$1$saltsalt$0000000000000000000000"

static void
path_of(const char *path, char whole[256])
{
	(void)snprintf(whole, 256, "%s%s", tree, path);
}

static void
clean(void)
{
	static const char *const files[] = { HISTORY, OPASSWD,
		"/var/lib/acctward/history/.lock" };
	static const char *const dirs[] = { "/var/lib/acctward/history",
		"/var/lib/acctward/accounts", "/var/lib/acctward", "/var/lib",
		"/var", "/etc/security", "/etc", "" };
	char whole[256];

	ward_state_close(state);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		path_of(files[i], whole);
		(void)unlink(whole);
	}
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		path_of(dirs[i], whole);
		(void)rmdir(whole);
	}
}

static void
set_up(void)
{
	char whole[256];

	tree = mkdtemp(memory);
	if (tree == NULL && (tree = mkdtemp(disk)) == NULL) {
		abort();
	}
	path_of("/etc", whole);
	(void)mkdir(whole, 0755);
	path_of("/etc/security", whole);
	(void)mkdir(whole, 0755);
	if (ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0 ||
	    ward_history_add(state, "a", FIELD, 3, true, NULL) != 0) {
		abort();
	}
	(void)atexit(clean);
}

static void
put(const char *path, const uint8_t *bytes, size_t size)
{
	char whole[256];
	FILE *stream;

	path_of(path, whole);
	stream = fopen(whole, "w");
	if (stream == NULL || fwrite(bytes, 1, size, stream) != size ||
	    fclose(stream) != 0) {
		abort();
	}
}

/* What was read, or taken over. */
static struct ward_history *
load(bool *ret_own)
{
	struct ward_history *history = NULL;
	int dir = -1, r;

	if (ward_state_history(state, &dir, NULL) != 0 ||
	    ward_history_new(state, "a", &history, NULL) != 0) {
		abort();
	}
	r = ward_history_read(history, dir, NULL);
	*ret_own = r == 0;
	if (r == WARD_ERR_SYNTAX) {
		ward_history_free(history);
		return NULL;
	}
	if (r == WARD_ERR_MISSING &&
	    ward_history_take_over(history, state, "a", NULL) != 0) {
		abort();
	}
	return history;
}

static void
check(const struct ward_history *history)
{
	if (history->count > WARD_OLDER_MAX + 1) {
		abort();
	}
	for (size_t i = 0; i < history->count; i++) {
		if (!ward_history_is_hash(history->list[i].hash)) {
			abort();
		}
	}
}

/* A history that can be read can be added to, and then holds what it held. */
static void
use(void)
{
	struct ward_history *before, *after;
	bool own = false;

	before = load(&own);
	if (before == NULL) {
		if (ward_history_add(state, "a", FIELD, 64, true, NULL) !=
		    WARD_ERR_SYNTAX) {
			abort();
		}
		return;
	}
	check(before);
	if (ward_history_add(state, "a", FIELD, 64, true, NULL) != 0) {
		abort();
	}
	after = load(&own);
	if (after == NULL || !own || after->count == 0 ||
	    strcmp(after->list[0].hash, FIELD) != 0 ||
	    after->count > before->count + 1 ||
	    (before->count > 0 && after->count > 1 &&
		strcmp(before->list[0].hash, FIELD) != 0 &&
		strcmp(after->list[1].hash, before->list[0].hash) != 0)) {
		abort();
	}
	check(after);
	ward_history_free(before);
	ward_history_free(after);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *cut = memchr(bytes, 0x1e, size);
	const size_t first = cut == NULL ? size : (size_t)(cut - bytes);
	char whole[256];

	if (state == NULL) {
		set_up();
	}
	put(HISTORY, bytes, first);
	use();
	if (cut != NULL) {
		path_of(HISTORY, whole);
		(void)unlink(whole);
		put(OPASSWD, cut + 1, size - first - 1);
		use();
	}
	return 0;
}
