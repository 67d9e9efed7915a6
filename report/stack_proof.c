/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For people: what was proved of a service, claim by claim. What holds takes a
 * line; what does not is told with the way on which it does not. Of root only
 * what is otherwise is told.
 */
#include "report/columns.h"
#include "report/stack.h"

#include <stdlib.h>
#include <string.h>

#define ROW_INDENT 4
#define CAUSE_INDENT 8
#define STEP_INDENT 10

struct telling {
	const struct ward_report *report;
	const struct ward_service *service;
	enum ward_claimant by;
	int width; /* of the longest word of a proof */
};

static const struct ward_claim *
claim_of(const struct telling *t, enum ward_claim_id id)
{
	return &t->service->claims[t->by][id];
}

/* Is it to be told of this claimant? */
static bool
is_told(const struct telling *t, enum ward_claim_id id)
{
	return t->by == WARD_BY_USER || ward_stack_differs(t->service, id);
}

static void
pad(FILE *stream, int columns)
{
	(void)fprintf(stream, "%*s", columns > 0 ? columns : 0, "");
}

static int
width_of(const char *text)
{
	return (int)ward_columns(text);
}

/* "    root: NOT HELD  ": how many columns it takes. */
static size_t
put_word(const struct telling *t, enum ward_proof proof)
{
	const struct ward_report *report = t->report;
	const char *word = ward_text(report->language,
	    ward_stack_proof_word(proof));
	const char *who = t->by == WARD_BY_ROOT ?
	    ward_text(report->language, "root: ") :
	    "";
	const char *color = ward_stack_proof_color(report, proof);

	pad(report->stream, ROW_INDENT);
	(void)fprintf(report->stream, "%s%s%s%s", who, color, word,
	    *color != '\0' ? "\033[0m" : "");
	pad(report->stream, t->width - width_of(word) + 2);
	return (size_t)(ROW_INDENT + width_of(who) + t->width + 2);
}

static void
put_row(const struct telling *t, enum ward_proof proof, const char *text)
{
	size_t at = put_word(t, proof);

	ward_put_wrapped(t->report->stream, text, at, at);
}

/* The line at fault, and what is wrong there, or not known. */
static void
put_cause(const struct telling *t, const struct ward_claim *claim)
{
	char place[WARD_CLEAN_SIZE], why[WARD_CLEAN_SIZE];
	char text[2 * WARD_CLEAN_SIZE + 8];

	ward_stack_place_text(&claim->source, place);
	ward_stack_why_text(t->report, claim->why, why, sizeof(why));
	(void)snprintf(text, sizeof(text), "%s%s%s", place,
	    *place != '\0' && *why != '\0' ? ": " : "", why);
	if (*text != '\0') {
		pad(t->report->stream, CAUSE_INDENT);
		ward_put_wrapped(t->report->stream, text, CAUSE_INDENT,
		    CAUSE_INDENT);
	}
}

/* The way, line by line. */
static void
put_steps(const struct telling *t, const struct ward_claim *claim)
{
	FILE *stream = t->report->stream;
	char place[WARD_CLEAN_SIZE], module[WARD_CLEAN_SIZE];
	char text[3 * WARD_CLEAN_SIZE];
	int widest = 0;

	if (claim->step_count == 0) {
		return;
	}
	pad(stream, CAUSE_INDENT);
	(void)fprintf(stream, "%s\n",
	    ward_text(t->report->language,
		"as on this way, where the modules return:"));
	for (size_t i = 0; i < claim->step_count; i++) {
		ward_stack_place_text(&claim->steps[i].source, place);
		widest = width_of(place) > widest ? width_of(place) : widest;
	}
	for (size_t i = 0; i < claim->step_count; i++) {
		const struct ward_service_step *step = &claim->steps[i];

		ward_stack_place_text(&step->source, place);
		ward_clean_text(step->module == NULL ? "-" : step->module,
		    module, sizeof(module));
		(void)snprintf(text, sizeof(text), "%s%*s  %s -> %s", place,
		    widest - width_of(place), "", module,
		    step->code == NULL ? "?" : step->code);
		pad(stream, STEP_INDENT);
		ward_put_wrapped(stream, text, STEP_INDENT, STEP_INDENT + 2);
	}
}

/* Is the next that is told the same? Then why is told there. */
static bool
goes_on(const struct telling *t, const struct ward_stack_group *group,
    enum ward_claim_id id)
{
	for (size_t next = id + 1; next <= group->last; next++) {
		if (is_told(t, next)) {
			return ward_stack_is_alike(claim_of(t, id),
			    claim_of(t, next));
		}
	}
	return false;
}

static void
put_claim(const struct telling *t, const struct ward_stack_group *group,
    enum ward_claim_id id)
{
	const struct ward_claim *claim = claim_of(t, id);
	char text[3 * WARD_CLEAN_SIZE], held[1536];
	char source[WARD_CLEAN_SIZE + 32];

	if (claim->proof == WARD_PROOF_HELD) {
		ward_stack_held_text(t->report, id, claim, held, sizeof(held));
		ward_source_text(claim->source, source, sizeof(source));
		(void)snprintf(text, sizeof(text), "%s%s", held, source);
		put_row(t, claim->proof, text);
		return;
	}
	put_row(t, claim->proof,
	    ward_text(t->report->language, ward_stack_plain(id)));
	if (claim->proof == WARD_PROOF_NONE || goes_on(t, group, id)) {
		return;
	}
	put_cause(t, claim);
	if (claim->proof == WARD_PROOF_BROKEN) {
		put_steps(t, claim);
	}
}

/* Are all of the group so, and to be told in one row? */
static bool
is_one(const struct telling *t, const struct ward_stack_group *group)
{
	const struct ward_claim *first = claim_of(t, group->first);

	if (first->proof != WARD_PROOF_NONE &&
	    first->proof != WARD_PROOF_UNKNOWN) {
		return false;
	}
	for (size_t id = group->first; id <= group->last; id++) {
		if (!is_told(t, id) ||
		    !ward_stack_is_alike(first, claim_of(t, id))) {
			return false;
		}
	}
	return true;
}

static void
put_group(const struct telling *t, const struct ward_stack_group *group)
{
	const struct ward_claim *first = claim_of(t, group->first);

	if (!is_one(t, group)) {
		for (size_t id = group->first; id <= group->last; id++) {
			if (is_told(t, id)) {
				put_claim(t, group, id);
			}
		}
		return;
	}
	put_row(t, first->proof,
	    ward_text(t->report->language,
		first->proof == WARD_PROOF_NONE ? group->none :
						  N_("all of this")));
	if (first->proof != WARD_PROOF_NONE) {
		put_cause(t, first);
	}
}

/* Can nothing be told of it at all, for one reason? */
static bool
is_blank(const struct ward_service *service)
{
	const struct ward_claim *first = &service->claims[0][0];

	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			if (first->proof != WARD_PROOF_UNKNOWN ||
			    !ward_stack_is_alike(first,
				&service->claims[by][id])) {
				return false;
			}
		}
	}
	return true;
}

static int
widest_word(const struct ward_report *report)
{
	int widest = 0;

	for (size_t i = 0; i < WARD_PROOF_COUNT; i++) {
		int width = width_of(
		    ward_text(report->language, ward_stack_proof_word(i)));

		widest = width > widest ? width : widest;
	}
	return widest;
}

static void
put_groups(struct telling *t)
{
	for (size_t i = 0; i < WARD_STACK_GROUPS; i++) {
		(void)fprintf(t->report->stream, "  %s\n",
		    ward_text(t->report->language, ward_stack_groups[i].about));
		for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
			t->by = by;
			put_group(t, &ward_stack_groups[i]);
		}
	}
}

int
ward_stack_put_proof(const struct ward_report *report,
    const struct ward_service *claims)
{
	struct telling t = { .report = report,
		.service = claims,
		.width = widest_word(report) };

	if (claims->fragment) {
		(void)fputs("  ", report->stream);
		ward_put_wrapped(report->stream,
		    ward_text(report->language,
			"(only a part that other services include: it is "
			"judged with those, and nothing is proved of it "
			"alone)"),
		    2, 2);
		return 0;
	}
	(void)fprintf(report->stream, "\n%s\n",
	    ward_text(report->language,
		"What holds, whatever its modules answer; for root, what "
		"differs"));
	if (is_blank(claims)) {
		put_row(&t, WARD_PROOF_UNKNOWN,
		    ward_text(report->language, "all of it"));
		put_cause(&t, &claims->claims[0][0]);
		return 0;
	}
	put_groups(&t);
	return 0;
}
