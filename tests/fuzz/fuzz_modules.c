/* SPDX-License-Identifier: BSD-2-Clause */
/* The first line as the arguments of modules, what is behind it as the files by
 * which they go. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "collect/pam/world.h"
#include "fuzz.h"

#define ARGS_MAX 8

static char tree[256];
static struct ward_root *root;

static const char *const directories[] = { "etc", "etc/security",
	"etc/security/pwquality.conf.d" };
static const char *const files[] = { "etc/security/pwquality.conf.d/a.conf",
	"etc/security/pwquality.conf", "etc/security/faillock.conf",
	"etc/login.defs", "etc/conf" };
static const char *const modules[] = { "pam_unix.so", "pam_pwquality.so",
	"pam_cracklib.so", "pam_passwdqc.so", "pam_pwhistory.so",
	"pam_faillock.so", "pam_tally2.so", "pam_succeed_if.so",
	"pam_acctward.so", "pam_sss.so" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *
path_of(const char *name)
{
	static char path[sizeof(tree) + 64];

	(void)snprintf(path, sizeof(path), "%s/%s", tree, name);
	return path;
}

/* Where tests/fuzz/run.sh clears away: libFuzzer ends without leave. */
static void
make_tree(void)
{
	const char *dir = getenv("TMPDIR");

	(void)snprintf(tree, sizeof(tree), "%s/acctward-fuzz-XXXXXX",
	    dir == NULL ? "/tmp" : dir);
	if (mkdtemp(tree) == NULL) {
		abort();
	}
	for (size_t i = 0; i < COUNT(directories); i++) {
		if (mkdir(path_of(directories[i]), 0700) != 0) {
			abort();
		}
	}
	if (ward_root_new(tree, &root, NULL) != 0) {
		abort();
	}
}

static void
write_files(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < COUNT(files); i++) {
		int fd = open(path_of(files[i]),
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

		if (fd < 0 || write(fd, bytes, size) != (ssize_t)size) {
			abort();
		}
		(void)close(fd);
	}
}

static void
check_number(const struct ward_pam_line *line, enum ward_pam_number number,
    int64_t least, int64_t most)
{
	const struct ward_optional *value = &line->numbers[number].value;

	if (value->known &&
	    (value->value < least || value->value > most ||
		line->numbers[number].source.file == NULL)) {
		abort();
	}
}

static void
check_line(const struct ward_pam_line *line, enum ward_pam_type type)
{
	struct ward_pam_may may[WARD_PAM_MAYS];

	check_number(line, WARD_PAM_LENGTH, 1, INT32_MAX);
	check_number(line, WARD_PAM_CLASSES, 0, 4);
	check_number(line, WARD_PAM_OLDER, 1, 401);
	check_number(line, WARD_PAM_ATTEMPTS, INT64_MIN, INT64_MAX);
	if ((line->module == NULL) != (line->why != NULL)) {
		abort();
	}
	for (int i = 0; i < 96; i++) {
		const struct ward_pam_world world = { .by = i & 1,
			.account = i >> 1 & 3,
			.typed = i % 3,
			.candidate = i % 6,
			.number = i,
			.without_ours = (i >> 3 & 1) != 0 };
		size_t count = ward_pam_line_may(line, type,
		    type == WARD_PAM_PASSWORD, &world, may);

		if (count == 0 || count > WARD_PAM_MAYS) {
			abort();
		}
		for (size_t j = 0; j < count; j++) {
			if (may[j].codes == 0) {
				abort();
			}
		}
	}
}

static void
read_lines(struct ward_pam_handler *handler)
{
	struct ward_pam_modules *all = NULL;
	struct ward_pam_line line;

	if (ward_pam_modules_open(root, &all, NULL) != 0) {
		abort();
	}
	for (size_t i = 0; i < COUNT(modules) * WARD_PAM_TYPES; i++) {
		const enum ward_pam_type type = i % WARD_PAM_TYPES;

		handler->module = modules[i / WARD_PAM_TYPES];
		if (ward_pam_line_read(all, handler, type, &line, NULL) != 0) {
			abort();
		}
		check_line(&line, type);
	}
	ward_pam_modules_close(all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *end = memchr(bytes, '\n', size);
	size_t used = end == NULL ? size : (size_t)(end - bytes);
	char text[512], *saved, *word;
	const char *args[ARGS_MAX];
	struct ward_pam_handler handler = { .source = { "/etc/pam.d/svc", 1 },
		.kind = WARD_PAM_MODULE,
		.args = args };

	if (root == NULL) {
		make_tree();
	}
	(void)snprintf(text, sizeof(text), "%.*s", (int)used,
	    (const char *)bytes);
	for (word = strtok_r(text, " \t", &saved);
	     word != NULL && handler.arg_count < ARGS_MAX;
	     word = strtok_r(NULL, " \t", &saved)) {
		args[handler.arg_count++] = word;
	}
	used += end != NULL;
	write_files(bytes + used, size - used);
	read_lines(&handler);
	return 0;
}
