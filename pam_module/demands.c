/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked of a new password, in sentences. */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <stdarg.h>
#include <stdio.h>

#define TEXT_SIZE 512

static void add(struct door_list *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct door_list *list, const char *format, ...)
{
	const size_t room = sizeof(list->text) - list->used;
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(list->text + list->used, room, format, args);
	va_end(args);
	if (size > 0) {
		list->used += (size_t)size < room ? (size_t)size : room - 1;
	}
}

/* Behind the sentence: by whose clauses, or else that it is the agency's. */
static void
add_origin(struct door_list *list, const struct ward_finding *finding)
{
	const struct ward_citations *cited = &finding->citations;

	for (size_t i = 0; i < cited->count; i++) {
		add(list, "%s%s %s", i == 0 ? " (" : "; ", cited->list[i].plan,
		    cited->list[i].clauses);
	}
	if (cited->count > 0) {
		add(list, ")");
	} else if (finding->agency) {
		add(list, "%s",
		    ward_text(list->language, " (an agency setting)"));
	}
}

static void
begin_line(struct door_list *list, enum ward_strength strength)
{
	add(list, "\n- ");
	if (strength == WARD_SHOULD) {
		add(list, "%s", ward_text(list->language, "Recommended: "));
	}
}

int
door_list_demand(void *arg, const struct ward_finding *finding)
{
	struct door_list *list = arg;
	char text[TEXT_SIZE];

	if (finding->strength == WARD_REFERENCE ||
	    finding->verdict != WARD_FAIL) {
		return 0;
	}
	ward_finding_remedy(finding, list->language, NULL, text, sizeof(text));
	if (text[0] != '\0') {
		begin_line(list, finding->strength);
		add(list, "%s", text);
		add_origin(list, finding);
	}
	return 0;
}

int
door_list_fault(void *arg, const struct ward_finding *finding)
{
	struct door_list *list = arg;
	char why[TEXT_SIZE], remedy[TEXT_SIZE];

	if (ward_finding_act(finding) == WARD_ACT_NONE) {
		return 0;
	}
	ward_finding_message(finding, list->language, NULL, why, sizeof(why));
	ward_finding_remedy(finding, list->language, NULL, remedy,
	    sizeof(remedy));
	begin_line(list, finding->strength);
	add(list,
	    remedy[0] == '\0' ? "%s%s" : ward_text(list->language, "%s. %s"),
	    why, remedy);
	add_origin(list, finding);
	return 0;
}

void
door_list_add(struct door_list *list, const char *text)
{
	add(list, "\n- %s", text);
}

void
door_tell_list(pam_handle_t *pamh, const struct door *door, int style,
    const char *sentence, const struct door_list *list)
{
	if (!door->silent && list->used > 0) {
		(void)pam_prompt(pamh, style, NULL, "%s%s",
		    ward_text(list->language, sentence), list->text);
	}
}
