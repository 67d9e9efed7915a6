/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as passwd(5), then, behind 0x1e each, shadow(5), group(5) and
 * lastlog(8); every name that may be in them is looked up. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "state/state.h"

/* In memory, where that is to be had. */
static char memory[] = "/dev/shm/acctward-fuzz-XXXXXX",
	    disk[] = "/tmp/acctward-fuzz-XXXXXX";
static const char *tree;
static struct ward_state *state;

static const char *const files[] = { "/etc/passwd", "/etc/shadow", "/etc/group",
	"/var/log/lastlog" };

static void
path_of(const char *path, char whole[256])
{
	(void)snprintf(whole, 256, "%s%s", tree, path);
}

static void
clean(void)
{
	static const char *const dirs[] = { "/var/lib/acctward/accounts",
		"/var/lib/acctward", "/var/lib", "/var/log", "/var", "/etc",
		"" };
	char whole[256];

	ward_state_close(state);
	for (size_t i = 0; i < 4; i++) {
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
	if (ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0) {
		abort();
	}
	path_of("/var/log", whole);
	(void)mkdir(whole, 0755);
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

static int
find(const char *name, struct ward_marks *marks, struct ward_local **ret_local)
{
	const struct ward_host host = { .now = { 1795000000, 0 } };

	return ward_local_find(state, name, &host, "/bin/sh /bin/bash",
	    "docker disk sudo", marks, ret_local, NULL);
}

/* From where it was found, it is found again, and no other. */
static void
look(const char *name)
{
	struct ward_marks marks = { .last_use = 0 }, again;
	struct ward_local *first = NULL, *second = NULL;

	if (find(name, &marks, &first) != 0) {
		return;
	}
	again = marks;
	if (find(name, &again, &second) != 0 ||
	    memcmp(&again, &marks, sizeof(marks)) != 0 ||
	    strcmp(ward_local_account(first)->name, name) != 0 ||
	    ward_local_password(first) != ward_local_password(second) ||
	    ward_local_account(first)->uid.value !=
		ward_local_account(second)->uid.value) {
		abort();
	}
	ward_local_free(first);
	ward_local_free(second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *at = bytes, *end = bytes + size;
	char name[64];

	if (state == NULL) {
		set_up();
	}
	for (size_t i = 0; i < 4; i++) {
		const uint8_t *next = i == 3 ?
		    NULL :
		    memchr(at, 0x1e, (size_t)(end - at));
		const uint8_t *stop = next == NULL ? end : next;

		put(files[i], at, (size_t)(stop - at));
		at = next == NULL ? end : next + 1;
	}
	look("root");
	look("a");
	look("");
	for (at = bytes; at < end; at++) {
		if (at == bytes || at[-1] == '\n') {
			size_t length = 0;

			while (at + length < end && length < 63 &&
			    at[length] != ':') {
				length++;
			}
			memcpy(name, at, length);
			name[length] = '\0';
			look(name);
		}
	}
	return 0;
}
