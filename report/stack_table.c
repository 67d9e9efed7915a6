/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For people: all services, a row each and a column for each claim; below them
 * each reason why something does not hold, with the services that it is of. One
 * line of a file that all include is wrong once.
 */
#include "report/columns.h"
#include "report/stack.h"

#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH 13
#define CELL_WIDTH 4 /* and a mark or blank behind it */
#define INDENT 2
#define CAUSE_INDENT 6

/* Why claims don't hold, or are not known. */
struct cause {
	enum ward_claimant by;
	enum ward_proof proof;
	uint32_t claims; /* bits */
	struct ward_source source;
	char *file, *why; /* NULL: nothing is told */
	char *names;      /* of services */
};

struct table {
	struct cause *causes;
	size_t count, room;
	char *parts;  /* names of fragments */
	char *faulty; /* of whatever has a line that is not as meant */
};

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
put_padded(FILE *stream, const char *text, size_t width)
{
	size_t columns = ward_columns(text);

	(void)fprintf(stream, "%s%*s", text,
	    columns < width ? (int)(width - columns) : 0, "");
}

static void
put_head(const struct ward_report *report)
{
	put_padded(report->stream, "", NAME_WIDTH);
	for (size_t i = 0; i < WARD_STACK_GROUPS; i++) {
		const struct ward_stack_group *group = &ward_stack_groups[i];
		size_t width = (group->last - group->first + 1) *
		    (CELL_WIDTH + 1);

		(void)fputc(' ', report->stream);
		put_padded(report->stream,
		    ward_text(report->language, group->about),
		    i + 1 < WARD_STACK_GROUPS ? width - 1 : 0);
	}
	(void)fputc('\n', report->stream);
	put_padded(report->stream, "", NAME_WIDTH);
	for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
		const char *column = ward_text(report->language,
		    ward_stack_column(id));

		put_padded(report->stream, "",
		    CELL_WIDTH - ward_columns(column));
		(void)fprintf(report->stream, "%s%s", column,
		    id + 1 < WARD_CLAIM_COUNT ? " " : "\n");
	}
}

int
ward_stack_table_begin(struct ward_report *report)
{
	report->state = calloc(1, sizeof(struct table));
	if (report->state == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)fprintf(report->stream, "%s\n\n",
	    ward_text(report->language,
		"PAM services, and what holds of each whatever its modules "
		"answer"));
	put_head(report);
	return 0;
}

/* ---- rows ----------------------------------------------------------------- */

static void
cell_text(const struct ward_report *report, const struct ward_claim *claim,
    char *text, size_t size)
{
	const char *word = claim->proof == WARD_PROOF_BROKEN ? N_("NO") :
	    claim->proof == WARD_PROOF_UNKNOWN               ? "?" :
	    claim->proof == WARD_PROOF_NONE                  ? "-" :
	    claim->by_plan                                   ? N_("plan") :
							       N_("yes");

	if (claim->proof == WARD_PROOF_HELD && !claim->by_plan &&
	    claim->number.known && claim->number.value <= 9999) {
		(void)snprintf(text, size, "%lld",
		    (long long)claim->number.value);
	} else {
		(void)snprintf(text, size, "%s",
		    ward_text(report->language, word));
	}
}

static void
put_cells(const struct ward_report *report, const struct ward_service *claims)
{
	for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
		const struct ward_claim
		    *claim = &claims->claims[WARD_BY_USER][id];
		const char *color = ward_stack_proof_color(report,
		    claim->proof);
		bool differs = ward_stack_differs(claims, id);
		char text[64];

		cell_text(report, claim, text, sizeof(text));
		put_padded(report->stream, "", CELL_WIDTH - ward_columns(text));
		(void)fprintf(report->stream, "%s%s%s%s", color, text,
		    *color != '\0' ? "\033[0m" : "",
		    differs                       ? "*" :
			id + 1 < WARD_CLAIM_COUNT ? " " :
						    "");
	}
	(void)fputc('\n', report->stream);
}

static int
append(char **names, const char *name)
{
	size_t used = *names == NULL ? 0 : strlen(*names) + 1;
	char *more = realloc(*names, used + strlen(name) + 1);

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (used > 0) {
		more[used - 1] = ' ';
	}
	(void)stpcpy(more + used, name);
	*names = more;
	return 0;
}

static int
copy(const char *text, char **ret_text)
{
	*ret_text = text == NULL ? NULL : strdup(text);
	return text != NULL && *ret_text == NULL ? WARD_ERR_NOMEM : 0;
}

static struct cause *
add_cause(struct table *table, const struct cause *new)
{
	struct cause *cause;

	if (table->count == table->room) {
		size_t room = table->room == 0 ? 32 : table->room * 2;
		struct cause *more = reallocarray(table->causes, room,
		    sizeof(*more));

		if (more == NULL) {
			return NULL;
		}
		table->causes = more;
		table->room = room;
	}
	cause = &table->causes[table->count];
	*cause = *new;
	cause->file = cause->why = cause->names = NULL;
	table->count++;
	return copy(new->file, &cause->file) == 0 &&
		copy(new->why, &cause->why) == 0 ?
	    cause :
	    NULL;
}

static bool
is_alike(const struct cause *a, const struct cause *b)
{
	return a->by == b->by && a->proof == b->proof &&
	    a->source.line == b->source.line && is_same(a->file, b->file) &&
	    is_same(a->why, b->why);
}

static int
keep_cause(struct table *table, enum ward_claimant by, enum ward_claim_id id,
    const struct ward_claim *claim, const char *name)
{
	struct cause new = { .by = by,
		.proof = claim->proof,
		.claims = (uint32_t)1 << id,
		.source = claim->source },
		     *cause = NULL;

	/* Only read, until they are copied. */
	new.file = (char *)(uintptr_t)claim->source.file;
	new.why = (char *)(uintptr_t)claim->why;
	for (size_t i = 0; i < table->count && cause == NULL; i++) {
		if (table->causes[i].claims == new.claims &&
		    is_alike(&table->causes[i], &new)) {
			cause = &table->causes[i];
		}
	}
	cause = cause == NULL ? add_cause(table, &new) : cause;
	return cause == NULL ? WARD_ERR_NOMEM : append(&cause->names, name);
}

static int
keep_causes(struct table *table, const struct ward_service *claims,
    const char *name)
{
	int r = 0;

	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT && r == 0; id++) {
			const struct ward_claim *claim = &claims
							      ->claims[by][id];

			if ((claim->proof == WARD_PROOF_BROKEN ||
				claim->proof == WARD_PROOF_UNKNOWN) &&
			    (by == WARD_BY_USER ||
				ward_stack_differs(claims, id))) {
				r = keep_cause(table, by, id, claim, name);
			}
		}
	}
	return r;
}

int
ward_stack_table_row(struct ward_report *report, const struct ward_stack *stack)
{
	struct table *table = report->state;
	char name[WARD_CLEAN_SIZE];
	int r = 0;

	ward_clean_text(stack->service->name, name, sizeof(name));
	/* A part is told with those that it is a part of, whose it is: of its
	 * own lines, and of those of `other` that it takes alone. */
	if (!stack->claims->fragment &&
	    (stack->service->fate != WARD_PAM_READ ||
		stack->service->fault_count > 0)) {
		r = append(&table->faulty, name);
	}
	if (r != 0 || stack->claims->fragment) {
		return r != 0 ? r : append(&table->parts, name);
	}
	put_padded(report->stream, name, NAME_WIDTH);
	if (ward_columns(name) > NAME_WIDTH) {
		(void)fputc('\n', report->stream);
		put_padded(report->stream, "", NAME_WIDTH);
	}
	put_cells(report, stack->claims);
	return keep_causes(table, stack->claims, name);
}

/* ---- below ---------------------------------------------------------------- */

static void
put_paragraph(const struct ward_report *report, const char *text, size_t indent)
{
	(void)fprintf(report->stream, "%*s", (int)indent, "");
	ward_put_wrapped(report->stream, text, indent, indent);
}

static void
put_legend(const struct ward_report *report)
{
	(void)fputc('\n', report->stream);
	put_paragraph(report,
	    ward_text(report->language,
		"yes, or the number that holds: on every way; NO: there is a "
		"way on which it does not hold; ?: it can't be told; -: there "
		"is no case; plan: as the plan asks, by pam_acctward.so; *: "
		"otherwise for root"),
	    0);
	for (size_t i = 0; i < WARD_STACK_GROUPS; i++) {
		const struct ward_stack_group *group = &ward_stack_groups[i];
		char text[1024];
		size_t used = (size_t)snprintf(text, sizeof(text), "%s%s",
		    ward_text(report->language, group->about),
		    ward_text(report->language, ": "));

		for (size_t id = group->first;
		     id <= group->last && used < sizeof(text); id++) {
			used += (size_t)snprintf(text + used,
			    sizeof(text) - used, "%s = %s%s",
			    ward_text(report->language, ward_stack_column(id)),
			    ward_text(report->language, ward_stack_plain(id)),
			    id < group->last ?
				ward_text(report->language, "; ") :
				"");
		}
		put_paragraph(report, text, 0);
	}
}

/* The claims of one reason, of the same services, stand together. */
static void
join_causes(struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		struct cause *one = &table->causes[i];

		for (size_t k = 0; k < i && one->claims != 0; k++) {
			struct cause *before = &table->causes[k];

			if (before->claims != 0 && is_alike(before, one) &&
			    is_same(before->names, one->names)) {
				before->claims |= one->claims;
				one->claims = 0;
			}
		}
	}
}

static void
put_cause(const struct ward_report *report, const struct cause *cause)
{
	char place[WARD_CLEAN_SIZE], why[WARD_CLEAN_SIZE], *text = NULL;
	struct ward_source source = { cause->file, cause->source.line };
	size_t used = 0;
	char columns[256] = "";

	for (size_t id = 0; id < WARD_CLAIM_COUNT && used < sizeof(columns);
	     id++) {
		if ((cause->claims >> id & 1) != 0) {
			used += (size_t)snprintf(columns + used,
			    sizeof(columns) - used, "%s%s", used > 0 ? " " : "",
			    ward_text(report->language, ward_stack_column(id)));
		}
	}
	ward_stack_place_text(&source, place);
	ward_stack_why_text(report, cause->why, why, sizeof(why));
	if (asprintf(&text, "%s: %s%s%s", columns, place,
		*place != '\0' && *why != '\0' ? ": " : "", why) < 0) {
		return;
	}
	put_paragraph(report, text, INDENT);
	free(text);
	put_paragraph(report, cause->names, CAUSE_INDENT);
}

static void
put_causes(const struct ward_report *report, const struct table *table)
{
	static const struct {
		enum ward_claimant by;
		enum ward_proof proof;
		const char *title;
	} parts[] = {
		{ WARD_BY_USER, WARD_PROOF_BROKEN, N_("Not held, and where") },
		{ WARD_BY_USER, WARD_PROOF_UNKNOWN,
		    N_("Not known, and for what") },
		{ WARD_BY_ROOT, WARD_PROOF_BROKEN,
		    N_("Not held for root, and where") },
		{ WARD_BY_ROOT, WARD_PROOF_UNKNOWN,
		    N_("Not known for root, and for what") },
	};

	for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
		bool titled = false;

		for (size_t i = 0; i < table->count; i++) {
			const struct cause *cause = &table->causes[i];

			if (cause->claims == 0 || cause->by != parts[p].by ||
			    cause->proof != parts[p].proof) {
				continue;
			}
			if (!titled) {
				(void)fprintf(report->stream, "\n%s\n",
				    ward_text(report->language,
					parts[p].title));
			}
			titled = true;
			put_cause(report, cause);
		}
	}
}

static void
put_names(const struct ward_report *report, const char *title,
    const char *names)
{
	if (names != NULL) {
		(void)fprintf(report->stream, "\n%s\n",
		    ward_text(report->language, title));
		put_paragraph(report, names, INDENT);
	}
}

int
ward_stack_table_end(struct ward_report *report,
    const struct ward_stack_summary *summary)
{
	struct table *table = report->state;
	const uint64_t *proofs = summary->proofs;

	put_legend(report);
	join_causes(table);
	put_causes(report, table);
	put_names(report,
	    N_("Only parts that others include, judged with those"),
	    table->parts);
	put_names(report, N_("With a line that is not as it was meant"),
	    table->faulty);
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"\nServices: %llu; all held: %llu; something not held: %llu; "
		"not known: %llu; no case: %llu\n"),
	    (unsigned long long)summary->services,
	    (unsigned long long)proofs[WARD_PROOF_HELD],
	    (unsigned long long)proofs[WARD_PROOF_BROKEN],
	    (unsigned long long)proofs[WARD_PROOF_UNKNOWN],
	    (unsigned long long)proofs[WARD_PROOF_NONE]);
	put_paragraph(report,
	    ward_text(report->language,
		"`acctward stack SERVICE` shows a service's lines, and the "
		"ways on which something does not hold."),
	    0);
	return 0;
}

void
ward_stack_table_free(struct ward_report *report)
{
	struct table *table = report->state;

	for (size_t i = 0; table != NULL && i < table->count; i++) {
		free(table->causes[i].file);
		free(table->causes[i].why);
		free(table->causes[i].names);
	}
	if (table != NULL) {
		free(table->causes);
		free(table->parts);
		free(table->faulty);
	}
	free(table);
	report->state = NULL;
}
