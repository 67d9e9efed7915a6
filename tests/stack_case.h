/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random PAM stacks, and what the real libpam does with them: the oracle of
 * collect/pam. Modules are tests/pam/pam_told.c, each with a number of its own,
 * which return what the test says. Meant for the test programs that include it,
 * once each.
 */
#ifndef WARD_TESTS_STACK_CASE_H
#define WARD_TESTS_STACK_CASE_H

#include "tests/support.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "collect/collect.h"
#include "tests/quiet.h"
#include "tests/told.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* ---- chance, the same each time ------------------------------------------ */

static uint64_t chance_state = 0x9e3779b97f4a7c15;

static inline uint32_t
chance(uint32_t below)
{
	uint64_t x = chance_state;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	chance_state = x;
	return (uint32_t)((x * 0x2545f4914f6cdd1du) >> 33) % below;
}

static inline bool
one_in(uint32_t count)
{
	return chance(count) == 0;
}

/* How many, by an environment variable or not; valgrind(1) is slow. */
static inline unsigned long
stack_rounds(unsigned long usual)
{
	const char *asked = getenv("WARD_STACKS");
	const char *valgrind = getenv("VALGRIND");

	if (asked != NULL) {
		return strtoul(asked, NULL, 10);
	}
	return valgrind == NULL || *valgrind == '\0' ? usual : usual / 30;
}

/* ---- a host -------------------------------------------------------------- */

#define FILES 5 /* svc, other, and three to include */

struct stack_host {
	char *tree;
	char *module; /* pam_told.so, absolute */
	struct ward_pam *pam;
	bool debian;
	uint32_t told; /* modules so far */
	uint32_t most; /* lines of a file */
	bool damage;   /* some of them, here and there */
	char text[FILES][32768];
	size_t size[FILES];
};

static const char *const stack_files[FILES] = { "svc", "other", "a", "b", "c" };

static inline void
stack_host_new(struct stack_host *h)
{
	const char *out = getenv("OUT");
	struct ward_pam_options options = { .root = "/" };
	char *path = NULL;

	assert_true(asprintf(&path, "%s/tests/pam_told.so",
			out == NULL ? "build" : out) > 0);
	h->module = realpath(path, NULL);
	free(path);
	assert_non_null(h->module);
	/* It stays loaded, or loading it were most of the work. */
	assert_non_null(dlopen(h->module, RTLD_NOW | RTLD_NODELETE));
	h->tree = ward_tree_new(NULL);
	h->most = 6;
	h->debian = access("/etc/debian_version", F_OK) == 0;
	/* A libpam without Debian's changes in the place of this one's. */
	if (getenv("WARD_UPSTREAM") != NULL) {
		options.dialect = WARD_PAM_UPSTREAM;
		h->debian = false;
	}
	options.confdir = h->tree;
	assert_int_equal(ward_pam_open(&options, &h->pam, NULL), 0);
}

static inline void
stack_host_free(struct stack_host *h)
{
	ward_pam_close(h->pam);
	ward_tree_remove(h->tree);
	free(h->module);
}

__attribute__((format(printf, 3, 4))) static inline void
say(struct stack_host *h, size_t file, const char *format, ...)
{
	va_list v;
	int n;

	va_start(v, format);
	n = vsnprintf(h->text[file] + h->size[file],
	    sizeof(h->text[file]) - h->size[file], format, v);
	va_end(v);
	assert_true(
	    n >= 0 && (size_t)n < sizeof(h->text[file]) - h->size[file]);
	h->size[file] += (size_t)n;
}

static inline void
say_pair(struct stack_host *h, size_t file)
{
	static const char *const actions[] = { "ignore", "ok", "done", "bad",
		"die", "reset" };
	/* Those that the modules are told most often, more often. */
	static const int codes[] = { 0, 0, 0, 25, 12, 7, 32, 32, 32 };
	int code = one_in(4) ? (int)chance(33) : codes[chance(LENGTH(codes))];

	say(h, file, "%s%s=", one_in(8) ? " " : "", ward_pam_code_name(code));
	if (one_in(3)) {
		say(h, file, "%u", one_in(30) ? 0 : 1 + chance(4));
	} else if (one_in(200)) {
		say(h, file, "no");
	} else {
		say(h, file, "%s", actions[chance(LENGTH(actions))]);
	}
	say(h, file, "%s", one_in(20) ? "" : " ");
}

static inline void
say_control(struct stack_host *h, size_t file)
{
	static const char *const words[] = { "required", "requisite",
		"sufficient", "optional", "Required", "SUFFICIENT" };

	if (one_in(100)) {
		say(h, file, "%s", one_in(2) ? "needed" : "[]");
	} else if (one_in(2)) {
		say(h, file, "%s ", words[chance(LENGTH(words))]);
	} else {
		say(h, file, "[");
		for (uint32_t left = 1 + chance(4); left > 0; left--) {
			say_pair(h, file);
		}
		say(h, file, "]%s", one_in(10) ? "" : "\t");
	}
}

static inline void
say_include(struct stack_host *h, size_t file, const char *type)
{
	size_t into = file + 1 + chance((uint32_t)(FILES - file - 1));
	const char *word = one_in(2) ? "include" : "substack";

	into = into < 2 ? 2 : into;
	if (one_in(4) && h->debian) {
		say(h, file, "@include ");
	} else {
		say(h, file, "%s %s ", type, word);
	}
	say(h, file, "%s/%s\n", h->tree,
	    one_in(30) ? "none" : stack_files[into]);
}

static inline void
say_line(struct stack_host *h, size_t file)
{
	static const char *const types[] = { "auth", "account", "password",
		"session", "AUTH", "-auth", "-session" };
	const char *type = one_in(200) ? "none" : types[chance(LENGTH(types))];

	if (one_in(12)) {
		say(h, file, one_in(2) ? "# auth required x\n" : " \t\n");
	}
	if (file < FILES - 1 && one_in(4)) {
		say_include(h, file, type);
		return;
	}
	if (one_in(300)) {
		say(h, file, "%s\n", type);
		return;
	}
	say(h, file, "%s ", type);
	say_control(h, file);
	if (one_in(200)) {
		say(h, file, "\n");
	} else if (one_in(15)) {
		say(h, file, "/no/such/module.so %u\n", h->told++);
	} else {
		say(h, file, "%s%s %u%s\n", one_in(20) ? "\\ \n # \n" : "",
		    h->module, h->told++, one_in(10) ? " [a \\] b] # c" : "");
	}
}

static inline void
stack_write(struct stack_host *h, size_t file)
{
	char path[256];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", h->tree, stack_files[file]);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, h->text[file], h->size[file]),
	    h->size[file]);
	(void)close(fd);
}

/* A byte or a piece that is out of place. */
static inline void
stack_damage(struct stack_host *h, size_t file)
{
	static const char bytes[] = "\\[]#=\n\n \t\r-/.0@a";
	char *text = h->text[file];
	size_t size = h->size[file], at, more;

	if (size == 0 || size > sizeof(h->text[file]) / 2) {
		return;
	}
	at = chance((uint32_t)size);
	more = chance((uint32_t)(size - at > 20 ? 20 : size - at)) + 1;
	switch (chance(4)) {
	case 0:
		text[at] = bytes[chance(sizeof(bytes) - 1)];
		break;
	case 1:
		memmove(text + at + 1, text + at, size - at);
		text[at] = bytes[chance(sizeof(bytes) - 1)];
		h->size[file]++;
		break;
	case 2:
		memmove(text + at, text + at + more, size - at - more);
		h->size[file] -= more;
		break;
	default:
		memmove(text + at + more, text + at, size - at);
		h->size[file] += more;
	}
}

/* New files, most of them small. */
static inline void
stack_chance(struct stack_host *h)
{
	h->told = 0;
	for (size_t file = 0; file < FILES; file++) {
		uint32_t lines = chance(h->most + 1);

		h->size[file] = 0;
		lines = file == 0 ? lines * 2 : lines;
		for (; lines > 0; lines--) {
			say_line(h, file);
		}
		if (one_in(3000)) {
			say(h, file, "auth required x \\\n");
		}
		while (h->damage && one_in(3)) {
			stack_damage(h, file);
		}
		stack_write(h, file);
	}
}

/* All that there is to know of a failed one. */
static inline void
stack_show(const struct stack_host *h)
{
	for (size_t file = 0; file < FILES; file++) {
		print_message("---- %s\n%.*s", stack_files[file],
		    (int)h->size[file], h->text[file]);
	}
}

static inline int
stack_converse(int count, const struct pam_message **messages,
    struct pam_response **responses, void *arg)
{
	(void)count, (void)messages, (void)responses, (void)arg;
	return PAM_CONV_ERR;
}

/* A handle on svc, to be ended; NULL where libpam refuses it. */
static inline pam_handle_t *
stack_start(const struct stack_host *h, struct told *told)
{
	struct pam_conv conv = { stack_converse, told };
	pam_handle_t *pamh = NULL;
	int r = pam_start_confdir("svc", "wang", &conv, h->tree, &pamh);

	assert_true(r == PAM_SUCCESS || r == PAM_ABORT);
	return r == PAM_SUCCESS ? pamh : NULL;
}

#endif
