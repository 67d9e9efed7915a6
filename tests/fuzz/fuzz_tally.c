/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an account's tally. An odd size: with the checksums they would
 * need. */
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "state/hash.h"
#include "state/tally_file.h"

#define RECORD sizeof(struct ward_record)
#define LARGEST (129 * RECORD)

static const struct ward_limits limits = { 5, 900 };

static void
sign(uint8_t *bytes, size_t size)
{
	for (size_t at = 0; at + RECORD <= size; at += RECORD) {
		uint32_t check = ward_hash_words(bytes + at + sizeof(check),
		    RECORD - sizeof(check));

		memcpy(bytes + at, &check, sizeof(check));
	}
}

static int
file_of(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size + 1);
	int fd;

	if (copy == NULL) {
		abort();
	}
	memcpy(copy, bytes, size);
	if (size % 2 == 1) {
		sign(copy, size);
	}
	fd = fuzz_fd(copy, size);
	free(copy);
	return fd;
}

static void
check_view(struct ward_tally *tally, const struct ward_instant *now)
{
	static struct ward_tally_view view;
	struct ward_error err = { .language = WARD_ENGLISH };
	uint32_t counting = 0;

	if (ward_tally_view(tally, &limits, now, &view, &err) != 0) {
		return; /* of another version */
	}
	for (size_t i = 0; i < view.count; i++) {
		counting += view.list[i].counts;
		if (strlen(view.list[i].service) >= 24 ||
		    strlen(view.list[i].from) >= WARD_FROM_SIZE) {
			abort();
		}
	}
	if (view.count > WARD_FAILURES_MAX || counting != view.counting ||
	    view.left < 0 || view.left > 900000 ||
	    view.locked != (view.left > 0) ||
	    (view.counting >= limits.attempts && !view.locked)) {
		abort();
	}
}

/* Every call, whatever the file says: it ends, and in the end the account can
 * be reset. */
static void
use(struct ward_tally *tally, const struct ward_instant *now)
{
	struct ward_from from = { "sshd", "ssh", "203.0.113.7" };
	const struct ward_marks none = { .last_use = 0 };
	const struct ward_marks marks = { .last_use = 5 };
	enum ward_gate gate = WARD_GATE_LOCKED;
	bool locks = false;

	if (ward_tally_enter(tally, &limits, now, &from, &gate, NULL) != 0) {
		return;
	}
	if (ward_tally_fail(tally, &limits, now, &from, &locks, NULL) != 0 ||
	    (gate == WARD_GATE_LOCKED && locks)) {
		abort();
	}
	check_view(tally, now);
	if (ward_tally_look(tally, &limits, now, &gate, NULL) != 0 ||
	    ward_tally_succeed(tally, &limits, now, &gate, NULL) != 0 ||
	    ward_tally_set_marks(tally, &none, &marks, false, NULL) != 0 ||
	    ward_tally_reset(tally, NULL) != 0 ||
	    ward_tally_enter(tally, &limits, now, &from, &gate, NULL) != 0 ||
	    gate != WARD_GATE_OPEN ||
	    ward_tally_succeed(tally, &limits, now, &gate, NULL) != 0 ||
	    gate != WARD_GATE_OPEN) {
		abort();
	}
	check_view(tally, now);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct ward_instant now = { 1795147200000, 5000000, 7 };
	int fd = file_of(bytes, size);
	struct ward_tally *tally = NULL;
	struct stat st;

	if (ward_tally_adopt(fd, true, "fuzz", &tally, NULL) != 0 ||
	    ward_tally_fill(tally, fd, NULL) != 0) {
		abort();
	}
	check_view(tally, &now);
	use(tally, &now);
	if (fstat(fd, &st) != 0 ||
	    (st.st_size > (off_t)LARGEST && st.st_size > (off_t)size)) {
		abort();
	}
	ward_tally_close(tally);
	return 0;
}
