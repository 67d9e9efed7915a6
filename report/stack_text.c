/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: a service's lines, as libpam goes through them. */
#include "report/report.h"

#include <string.h>

#define PLACE_MAX 40
#define CONTROL_MAX 34

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

static void
place_text(const struct ward_source *source, char text[WARD_CLEAN_SIZE])
{
	char clean[WARD_CLEAN_SIZE - 64];

	ward_clean_text(source->file, clean, sizeof(clean));
	(void)snprintf(text, WARD_CLEAN_SIZE, "%s:%u", clean, source->line);
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

			place_text(&h->source, text);
			widths.place = wider(widths.place, text, PLACE_MAX);
			control_text(h, text);
			widths.control = wider(widths.control, text,
			    CONTROL_MAX);
		}
	}
	return widths;
}

static void
put_words(const struct ward_report *report, const struct ward_pam_handler *h)
{
	char text[WARD_CLEAN_SIZE];

	if (h->module != NULL) {
		ward_clean_text(h->module, text, sizeof(text));
		(void)fprintf(report->stream, "  %s", text);
	}
	for (uint32_t i = 0; i < h->arg_count; i++) {
		bool blank = strpbrk(h->args[i], " \t") != NULL ||
		    h->args[i][0] == '\0';

		ward_clean_text(h->args[i], text, sizeof(text));
		(void)fprintf(report->stream, blank ? " [%s]" : " %s", text);
	}
}

static void
put_handler(const struct ward_report *report, const struct ward_pam_handler *h,
    struct widths widths)
{
	char place[WARD_CLEAN_SIZE], control[WARD_CLEAN_SIZE];
	const char *what = h->kind == WARD_PAM_MISSING ?
	    N_("there is no such module: module_unknown") :
	    h->kind == WARD_PAM_BROKEN ? N_("always fails: perm_denied") :
					 NULL;

	place_text(&h->source, place);
	control_text(h, control);
	(void)fprintf(report->stream, "    %-*s  %-*s", widths.place, place,
	    widths.control, control);
	put_words(report, h);
	if (what != NULL) {
		(void)fprintf(report->stream, " (%s)",
		    ward_text(report->language, what));
	}
	(void)fputc('\n', report->stream);
}

static void
put_stack(const struct ward_report *report, enum ward_pam_type type,
    const struct ward_pam_stack *stack, struct widths widths)
{
	const char *note = stack->count == 0 ? N_("no line: perm_denied") :
	    stack->other ? N_("of other, as the service has none") :
			   NULL;

	(void)fprintf(report->stream, "  %s%s%s%s\n", ward_pam_type_name(type),
	    note == NULL ? "" : " (",
	    note == NULL ? "" : ward_text(report->language, note),
	    note == NULL ? "" : ")");
	for (uint32_t i = 0; i < stack->count; i++) {
		put_handler(report, &stack->handlers[i], widths);
	}
}

static void
put_faults(const struct ward_report *report,
    const struct ward_pam_service *service)
{
	char place[WARD_CLEAN_SIZE];

	for (uint32_t i = 0; i < service->fault_count; i++) {
		place_text(&service->faults[i].source, place);
		(void)fprintf(report->stream, "  %s%s:%s %s: %s\n",
		    report->color ? "\033[31m" : "",
		    ward_text(report->language,
			N_("keeps it from being judged")),
		    report->color ? "\033[0m" : "", place,
		    ward_text(report->language, service->faults[i].what));
	}
}

void
ward_stack_put(const struct ward_report *report,
    const struct ward_pam_service *service)
{
	struct widths widths = measure(service);
	char name[WARD_CLEAN_SIZE];

	ward_clean_text(service->name, name, sizeof(name));
	(void)fprintf(report->stream, "%s%s%s\n",
	    report->color ? "\033[1m" : "", name,
	    report->color ? "\033[0m" : "");
	for (size_t t = 0; service->fate == WARD_PAM_READ && t < WARD_PAM_TYPES;
	     t++) {
		put_stack(report, (enum ward_pam_type)t, &service->stacks[t],
		    widths);
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
}
