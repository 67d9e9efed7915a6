/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/read.h"

#define NONE UINT32_MAX

/* How many handlers each group has, counted at its first one, and where each
 * ends. `first` is the first one of the group that is open at each level. */
static void
count_groups(struct ward_pam_handler *h, uint32_t count)
{
	uint32_t first[WARD_PAM_DEPTH], level = 0;

	for (uint32_t l = 0; l < WARD_PAM_DEPTH; l++) {
		first[l] = NONE;
	}
	for (uint32_t i = 0; i < count; i++) {
		for (; level > h[i].level; level--) {
			first[level] = NONE;
		}
		level = h[i].level;
		if (first[level] == NONE) {
			first[level] = i;
			h[i].size = 0;
		}
		h[i].group = first[level];
		h[i].rank = h[first[level]].size++;
	}
}

/* From the last to the first: where what is behind has a lower level. */
static void
find_ends(struct ward_pam_handler *h, uint32_t count)
{
	uint32_t end[WARD_PAM_DEPTH + 1];

	for (uint32_t l = 0; l <= WARD_PAM_DEPTH; l++) {
		end[l] = count;
	}
	for (uint32_t i = count; i-- > 0;) {
		for (uint32_t l = h[i].level + 1u; l <= WARD_PAM_DEPTH; l++) {
			end[l] = i;
		}
		h[i].end = end[h[i].level];
	}
}

void
ward_pam_number(struct ward_pam_handler *handlers, uint32_t count,
    uint32_t *siblings)
{
	uint32_t used = 0;

	count_groups(handlers, count);
	find_ends(handlers, count);
	for (uint32_t i = 0; i < count; i++) {
		struct ward_pam_handler *first = &handlers[handlers[i].group];

		if (first == &handlers[i]) {
			/* Its own group is taken for where the list begins. */
			first->group = used;
			used += first->size;
		} else {
			handlers[i].group = first->group;
			handlers[i].size = first->size;
		}
		siblings[handlers[i].group + handlers[i].rank] = i;
	}
}
