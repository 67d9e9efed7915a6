/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <string.h>

#include "collect/collect.h"

#define NEAREST 3

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters have to be changed, put in or taken out (Levenshtein) until
 * `a` is `b` or begins it; *ret_whole, until it is `b`. */
static size_t
distance(const char *a, const char *b, size_t *ret_whole)
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
	*ret_whole = row[length];
	return best;
}

/* Whoever leaves out the area means what stands behind it. */
static size_t
distance_to(const char *word, const char *id)
{
	const char *dot = strchr(id, '.');
	size_t whole;

	return dot == NULL || strchr(word, '.') != NULL ?
	    distance(word, id, &whole) :
	    least(distance(word, id, &whole), distance(word, dot + 1, &whole));
}

struct nearest {
	struct {
		size_t distance;
		char name[WARD_TOPIC_SIZE];
	} list[NEAREST + 1];
	size_t count;
};

static void
offer(struct nearest *nearest, const char *name, size_t distance)
{
	size_t at = nearest->count;

	for (; at > 0 && nearest->list[at - 1].distance > distance; at--) {
		if (at < NEAREST) {
			nearest->list[at] = nearest->list[at - 1];
		}
	}
	if (at < NEAREST) {
		nearest->list[at].distance = distance;
		(void)snprintf(nearest->list[at].name, WARD_TOPIC_SIZE, "%s",
		    name);
		nearest->count += nearest->count < NEAREST;
	}
}

static void
list(const struct nearest *nearest, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < nearest->count && used < size; i++) {
		used += (size_t)snprintf(text + used, size - used, "%s%s",
		    i > 0 ? " " : "", nearest->list[i].name);
	}
}

void
ward_nearest_topics(const struct ward_plan *plan, const char *word, char *text,
    size_t size)
{
	struct nearest nearest = { .count = 0 };
	struct ward_topic topic;
	char id[WARD_TOPIC_SIZE];

	for (size_t i = 0; ward_plan_topic(plan, i, &topic); i++) {
		ward_topic_id(&topic, id);
		offer(&nearest, id, distance_to(word, id));
	}
	list(&nearest, text, size);
}

void
ward_nearest_services(const struct ward_pam *pam, const char *word, char *text,
    size_t size)
{
	struct nearest nearest = { .count = 0 };

	for (size_t i = 0; i < ward_pam_count(pam); i++) {
		const char *name = ward_pam_name(pam, i);
		size_t whole, begun;

		/* A longer one is none that somebody has mistyped, and neither
		 * is one with half of its letters others. */
		if (strlen(name) >= WARD_TOPIC_SIZE) {
			continue;
		}
		begun = distance(word, name, &whole);
		if (2 * begun < strlen(word)) {
			offer(&nearest, name, begun * WARD_TOPIC_SIZE + whole);
		}
	}
	list(&nearest, text, size);
}
