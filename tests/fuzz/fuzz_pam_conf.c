/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the files of /etc/pam.d: svc, a and other, with a line "%%"
 * between them. What they come to is run, and held against what is proved. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "collect/collect.h"
#include "collect/pam/read.h"
#include "fuzz.h"

static char tree[256];
static const char *const names[] = { "etc/pam.d/svc", "etc/pam.d/a",
	"etc/pam.d/other" };

#define COUNT (sizeof(names) / sizeof(names[0]))

static const char *
path_of(const char *name)
{
	static char path[sizeof(tree) + 32];

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
	if (mkdtemp(tree) == NULL || mkdir(path_of("etc"), 0700) != 0 ||
	    mkdir(path_of("etc/pam.d"), 0700) != 0) {
		abort();
	}
}

static void
write_files(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < COUNT; i++) {
		const uint8_t *end = i + 1 == COUNT || size == 0 ?
		    NULL :
		    memmem(bytes, size, "%%\n", 3);
		size_t used = end == NULL ? size : (size_t)(end - bytes);
		int fd = open(path_of(names[i]),
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

		if (fd < 0 || write(fd, bytes, used) != (ssize_t)used) {
			abort();
		}
		(void)close(fd);
		used += end == NULL ? 0 : 3;
		bytes += used;
		size -= used;
	}
}

struct chance {
	uint32_t state;
};

static int
call(void *arg, uint32_t handler)
{
	struct chance *c = arg;

	(void)handler;
	c->state = c->state * 1103515245u + 12345u;
	return c->state >> 16 & 1 ? 0 : (int)(c->state >> 17 & 31) - 1;
}

static const struct ward_pam_may *
may(void *arg, uint32_t handler, uint32_t pass, size_t *ret_count)
{
	static const struct ward_pam_may any = { WARD_PAM_ANY, 0 };

	(void)arg, (void)handler, (void)pass;
	*ret_count = 1;
	return &any;
}

static void
check_form(const struct ward_pam_stack *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const struct ward_pam_handler *h = &s->handlers[i];

		if (h->level >= WARD_PAM_DEPTH || h->source.line == 0 ||
		    h->rank >= h->size || h->group + h->size > s->count ||
		    s->siblings[h->group + h->rank] != i || h->end <= i ||
		    h->end > s->count ||
		    (h->kind == WARD_PAM_MODULE && h->module == NULL)) {
			abort();
		}
	}
}

static void
check_stack(const struct ward_pam_stack *s, uint32_t seed)
{
	const struct ward_pam_question question = { .stack = s,
		.passes = 1,
		.may = may };
	struct ward_pam_proof *proof = NULL;
	struct ward_pam_step *steps = NULL;
	size_t count;

	check_form(s);
	if (s->count > 2000 || ward_pam_prove(&question, &proof, NULL) != 0) {
		return;
	}
	for (uint32_t i = 0; i < 4; i++) {
		struct chance c = { seed + i };
		struct ward_pam_run run = { .stack = s,
			.call = call,
			.arg = &c };
		int r;

		do {
			r = ward_pam_run(&run);
		} while (r == WARD_PAM_INCOMPLETE);
		if (r == WARD_PAM_SUCCESS || r == WARD_PAM_NEW_AUTHTOK_REQD) {
			if (!ward_pam_proof_find(proof, r, 0, 0, &steps,
				&count)) {
				abort();
			}
			free(steps);
		}
	}
	ward_pam_proof_free(proof);
}

static void
check_as(enum ward_pam_dialect dialect, uint32_t seed)
{
	const struct ward_pam_options options = { .root = tree,
		.dialect = dialect };
	struct ward_pam_service *service = NULL;
	struct ward_pam *pam = NULL;

	if (ward_pam_open(&options, &pam, NULL) != 0 ||
	    ward_pam_read(pam, "svc", &service, NULL) != 0 ||
	    (service->fate != WARD_PAM_READ && service->fault_count == 0)) {
		abort();
	}
	for (size_t t = 0; t < WARD_PAM_TYPES; t++) {
		check_stack(&service->stacks[t], seed);
	}
	ward_pam_service_free(service);
	ward_pam_close(pam);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool made;

	if (!made) {
		made = true;
		make_tree();
	}
	write_files(bytes, size);
	check_as(WARD_PAM_UPSTREAM, (uint32_t)size);
	check_as(WARD_PAM_DEBIAN, (uint32_t)size);
	return 0;
}
