/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <string.h>

#define NEAREST 3

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be changed, put in or taken out (Levenshtein) until
 * `a` is `b` or begins it. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WARD_TOPIC_SIZE], length = strlen(b), best = SIZE_MAX;

	for (size_t j = 0; j <= length; j++) {
		row[j] = j;
	}
	for (size_t i = 1; *a != '\0'; a++, i++) {
		size_t before = row[0];

		row[0] = i;
		for (size_t j = 1; j <= length; j++) {
			size_t above = row[j];

			row[j] = least(before + (*a != b[j - 1]),
			    1 + least(above, row[j - 1]));
			before = above;
		}
	}
	for (size_t j = 0; j <= length; j++) {
		best = least(best, row[j]);
	}
	return best;
}

/* Whoever leaves out the area means what stands behind it. */
static size_t
distance_to(const char *word, const char *id)
{
	const char *dot = strchr(id, '.');

	return dot == NULL || strchr(word, '.') != NULL ?
	    distance(word, id) :
	    least(distance(word, id), distance(word, dot + 1));
}

void
ward_nearest_topics(const struct ward_plan *plan, const char *word, char *text,
    size_t size)
{
	struct {
		size_t distance;
		char id[WARD_TOPIC_SIZE];
	} nearest[NEAREST + 1];
	size_t count = 0, used = 0;
	struct ward_topic topic;

	for (size_t i = 0; ward_plan_topic(plan, i, &topic); i++) {
		size_t at = count;

		ward_topic_id(&topic, nearest[NEAREST].id);
		nearest[NEAREST].distance = distance_to(word,
		    nearest[NEAREST].id);
		for (; at > 0 &&
		     nearest[at - 1].distance > nearest[NEAREST].distance;
		     at--) {
			if (at < NEAREST) {
				nearest[at] = nearest[at - 1];
			}
		}
		if (at < NEAREST) {
			nearest[at] = nearest[NEAREST];
			count = count < NEAREST ? count + 1 : count;
		}
	}
	text[0] = '\0';
	for (size_t i = 0; i < count && used < size; i++) {
		used += (size_t)snprintf(text + used, size - used, "%s%s",
		    i > 0 ? " " : "", nearest[i].id);
	}
}
