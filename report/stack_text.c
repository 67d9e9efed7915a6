/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: a service's lines, as libpam goes through them, and what was
 * proved of them; of all services, a table. */
#include "report/columns.h"
#include "report/stack.h"

#include <stdlib.h>
#include <string.h>

#define PLACE_MAX 40
#define CONTROL_MAX 34
#define INDENT 4

struct widths {
	int place, control;
};

/* As it stands in the file. */
static void
control_text(const struct ward_pam_handler *h, char text[WARD_CLEAN_SIZE])
{
	const char *control = h->control == NULL ? "" : h->control;
	bool plain = h->control == NULL ||
	    (*control != '\0' &&
		strspn(control,
		    "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ@") == strlen(control));
	char clean[WARD_CLEAN_SIZE - 64];

	ward_clean_text(control, clean, sizeof(clean));
	(void)snprintf(text, WARD_CLEAN_SIZE, "%*s%s%s%s", h->level * 2, "",
	    plain ? "" : "[", clean, plain ? "" : "]");
}

static int
wider(int width, const char *text, int most)
{
	size_t size = strlen(text);

	return size > (size_t)width && size <= (size_t)most ? (int)size : width;
}

static struct widths
measure(const struct ward_pam_service *service)
{
	struct widths widths = { 0, 0 };
	char text[WARD_CLEAN_SIZE];

	for (size_t t = 0; t < WARD_PAM_TYPES; t++) {
		for (uint32_t i = 0; i < service->stacks[t].count; i++) {
			const struct ward_pam_handler *h = &service->stacks[t]
								.handlers[i];

			ward_stack_place_text(&h->source, text);
			widths.place = wider(widths.place, text, PLACE_MAX);
			control_text(h, text);
			widths.control = wider(widths.control, text,
			    CONTROL_MAX);
		}
	}
	return widths;
}

static void
put_words(FILE *stream, const struct ward_pam_handler *h)
{
	char text[WARD_CLEAN_SIZE];

	if (h->module != NULL) {
		ward_clean_text(h->module, text, sizeof(text));
		(void)fprintf(stream, "  %s", text);
	}
	for (uint32_t i = 0; i < h->arg_count; i++) {
		bool blank = strpbrk(h->args[i], " \t") != NULL ||
		    h->args[i][0] == '\0';

		ward_clean_text(h->args[i], text, sizeof(text));
		(void)fprintf(stream, blank ? " [%s]" : " %s", text);
	}
}

static int
put_handler(const struct ward_report *report, const struct ward_pam_handler *h,
    struct widths widths)
{
	char place[WARD_CLEAN_SIZE], control[WARD_CLEAN_SIZE], *line = NULL;
	const char *what = h->kind == WARD_PAM_MISSING ?
	    N_("there is no such module: module_unknown") :
	    h->kind == WARD_PAM_BROKEN ? N_("always fails: perm_denied") :
					 NULL;
	size_t size;
	FILE *stream = open_memstream(&line, &size);

	if (stream == NULL) {
		return WARD_ERR_NOMEM;
	}
	ward_stack_place_text(&h->source, place);
	control_text(h, control);
	(void)fprintf(stream, "%-*s  %-*s", widths.place, place,
	    what == NULL && h->module == NULL ? 0 : widths.control, control);
	put_words(stream, h);
	if (what != NULL) {
		(void)fprintf(stream, " (%s)",
		    ward_text(report->language, what));
	}
	if (fclose(stream) != 0) {
		free(line);
		return WARD_ERR_NOMEM;
	}
	(void)fprintf(report->stream, "%*s", INDENT, "");
	ward_put_wrapped(report->stream, line, INDENT, 2 * INDENT);
	free(line);
	return 0;
}

static int
put_stack(const struct ward_report *report, enum ward_pam_type type,
    const struct ward_pam_stack *stack, struct widths widths)
{
	const char *note = stack->count == 0 ? N_("no line: perm_denied") :
	    stack->other ? N_("of other, as the service has none") :
			   NULL;
	int r = 0;

	(void)fprintf(report->stream, "  %s%s%s%s\n", ward_pam_type_name(type),
	    note == NULL ? "" : " (",
	    note == NULL ? "" : ward_text(report->language, note),
	    note == NULL ? "" : ")");
	for (uint32_t i = 0; i < stack->count && r == 0; i++) {
		r = put_handler(report, &stack->handlers[i], widths);
	}
	return r;
}

static void
put_faults(const struct ward_report *report,
    const struct ward_pam_service *service)
{
	const char *label = ward_text(report->language,
	    N_("keeps it from being judged"));
	char place[WARD_CLEAN_SIZE], why[WARD_CLEAN_SIZE];
	char text[2 * WARD_CLEAN_SIZE + 8];

	for (uint32_t i = 0; i < service->fault_count; i++) {
		const struct ward_pam_fault *fault = &service->faults[i];

		ward_stack_place_text(&fault->source, place);
		ward_stack_why_text(report, fault->what, why, sizeof(why));
		(void)snprintf(text, sizeof(text), " %s: %s", place, why);
		(void)fprintf(report->stream, "  %s%s:%s",
		    report->color ? "\033[31m" : "", label,
		    report->color ? "\033[0m" : "");
		ward_put_wrapped(report->stream, text, 3 + ward_columns(label),
		    INDENT);
	}
}

static int
put_lines(const struct ward_report *report,
    const struct ward_pam_service *service)
{
	struct widths widths = measure(service);
	int r = 0;

	for (size_t t = 0;
	     service->fate == WARD_PAM_READ && t < WARD_PAM_TYPES && r == 0;
	     t++) {
		r = put_stack(report, (enum ward_pam_type)t,
		    &service->stacks[t], widths);
	}
	if (service->fate == WARD_PAM_REFUSED) {
		(void)fprintf(report->stream, "  %s\n",
		    ward_text(report->language,
			N_("libpam refuses every call: abort")));
	}
	if (service->fate == WARD_PAM_UNSURE) {
		(void)fprintf(report->stream, "  %s\n",
		    ward_text(report->language,
			N_("what libpam makes of it can't be told")));
	}
	put_faults(report, service);
	return r;
}

static int
begin(struct ward_report *report, bool all)
{
	report->state = NULL;
	return all ? ward_stack_table_begin(report) : 0;
}

/* How its claims have come out. */
static void
put_sum(const struct ward_report *report, const struct ward_service *claims)
{
	unsigned int counts[WARD_PROOF_COUNT] = { 0 }, other = 0;

	for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
		counts[claims->claims[WARD_BY_USER][id].proof]++;
		other += ward_stack_differs(claims, id);
	}
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"\nHeld: %u; not held: %u; unknown: %u; no case: %u; "
		"otherwise for root: %u\n"),
	    counts[WARD_PROOF_HELD], counts[WARD_PROOF_BROKEN],
	    counts[WARD_PROOF_UNKNOWN], counts[WARD_PROOF_NONE], other);
}

static int
put_whole(struct ward_report *report, const struct ward_stack *stack)
{
	char name[WARD_CLEAN_SIZE];
	int r;

	ward_clean_text(stack->service->name, name, sizeof(name));
	(void)fprintf(report->stream, "%s%s%s%s\n",
	    report->color ? "\033[1m" : "", name,
	    report->color ? "\033[0m" : "",
	    stack->configured ?
		"" :
		ward_text(report->language,
		    " (not configured: libpam takes other for it)"));
	r = put_lines(report, stack->service);
	if (r == 0) {
		r = ward_stack_put_proof(report, stack->claims);
	}
	if (r == 0 && !stack->claims->fragment) {
		put_sum(report, stack->claims);
	}
	return r;
}

static int
end(struct ward_report *report, const struct ward_stack_summary *summary)
{
	return report->state == NULL ? 0 :
				       ward_stack_table_end(report, summary);
}

const struct ward_stack_format ward_stack_text = {
	.name = "text",
	.begin = begin,
	.row = ward_stack_table_row,
	.whole = put_whole,
	.end = end,
	.free = ward_stack_table_free,
};
