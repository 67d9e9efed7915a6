/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as what is kept of the plan in force, and of the groups. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "state/local_groups.h"
#include "state/order_file.h"

/* In memory, where that is to be had. */
static char memory[] = "/dev/shm/acctward-fuzz-XXXXXX",
	    disk[] = "/tmp/acctward-fuzz-XXXXXX";
static const char *tree;
static struct ward_state *state;

static void
clean(void)
{
	static const char *const names[] = { "/var/lib/acctward/groups",
		"/var/lib/acctward/accounts", "/var/lib/acctward", "/var/lib",
		"/var", "" };
	char whole[256];

	ward_state_close(state);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(whole, sizeof(whole), "%s%s", tree, names[i]);
		(void)remove(whole);
	}
}

static void
set_up(void)
{
	tree = mkdtemp(memory);
	if ((tree == NULL && (tree = mkdtemp(disk)) == NULL) ||
	    ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0) {
		abort();
	}
	(void)atexit(clean);
}

/* Behind origins of which none can have changed. */
static void
take_groups(const uint8_t *bytes, size_t size)
{
	const struct ward_origins none = { .count = 0 };
	struct ward_pack pack = { .size = 0 };
	struct ward_local_groups groups;

	ward_pack_text(&pack, "docker");
	ward_pack_origins(&pack, &none);
	for (; size >= 8; size -= 8, bytes += 8) {
		uint64_t word;

		memcpy(&word, bytes, sizeof(word));
		ward_pack_number(&pack, word);
	}
	ward_kept_write(state, "groups", &pack);
	free(pack.bytes);
	if (ward_local_groups_find(state, "docker", "root", 0,
		ward_origins_now(), &groups, NULL) != 0) {
		abort();
	}
	ward_local_groups_free(&groups);
}

static void
take_order(uint8_t *bytes, size_t size)
{
	struct ward_order_kept kept = { .bytes = (char *)bytes,
		.in = { .at = (char *)bytes, .left = size & ~(size_t)7 } };
	struct ward_order *order = NULL;

	if (ward_order_kept_take(&kept, &order) == 0) {
		ward_order_free(order);
	}
	kept.current = ward_unpack_origins(&kept.in);
	if (ward_order_kept_take(&kept, &order) == 0) {
		ward_order_free(order);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size + 1);

	if (state == NULL) {
		set_up();
	}
	if (copy == NULL) {
		abort();
	}
	memcpy(copy, bytes, size);
	take_order(copy, size);
	free(copy);
	take_groups(bytes, size);
	return 0;
}
