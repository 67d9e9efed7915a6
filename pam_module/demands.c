/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked of a new password, in sentences. */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_SIZE 512
#define COLUMNS 78
#define INDENT 2 /* of "- ", and of what goes on below it */

/* One of the list, before it is laid out. */
struct line {
	char text[4 * TEXT_SIZE];
	size_t used;
};

static void put(char *text, size_t size, size_t *used, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void
put(char *text, size_t size, size_t *used, const char *format, ...)
{
	const size_t room = size - *used;
	va_list args;
	int wanted;

	va_start(args, format);
	wanted = vsnprintf(text + *used, room, format, args);
	va_end(args);
	if (wanted > 0) {
		*used += (size_t)wanted < room ? (size_t)wanted : room - 1;
	}
}

#define add(to, ...) \
	put((to)->text, sizeof((to)->text), &(to)->used, __VA_ARGS__)

/* Behind the sentence: by whose clauses, or else that it is the agency's. */
static void
add_origin(struct line *line, enum ward_language language,
    const struct ward_finding *finding)
{
	const struct ward_citations *cited = &finding->citations;

	for (size_t i = 0; i < cited->count; i++) {
		add(line, "%s%s %s", i == 0 ? " (" : "; ", cited->list[i].plan,
		    cited->list[i].clauses);
	}
	if (cited->count > 0) {
		add(line, ")");
	} else if (finding->agency) {
		add(line, "%s", ward_text(language, " (an agency setting)"));
	}
}

static void
begin_line(const struct door_list *list, enum ward_strength strength,
    struct line *ret_line)
{
	ret_line->text[0] = '\0';
	ret_line->used = 0;
	if (strength == WARD_SHOULD) {
		add(ret_line, "%s", ward_text(list->language, "Recommended: "));
	}
}

/* From the column where the list is, with what goes on below at `indent`. */
static void
lay_out(struct door_list *list, size_t indent, const char *text)
{
	size_t at = indent;

	for (bool first = true; *text != '\0'; first = false) {
		const size_t blanks = strspn(text, " ");
		size_t columns, size = ward_text_piece(text + blanks, &columns);
		const bool fits = first || at + blanks + columns <= COLUMNS;

		text += blanks;
		if (!fits) {
			add(list, "\n");
		}
		add(list, "%*s%.*s", (int)(fits ? blanks : indent), "",
		    (int)size, text);
		at = (fits ? at + blanks : indent) + columns;
		text += size;
	}
}

void
door_list_add(struct door_list *list, const char *text)
{
	add(list, "\n- ");
	lay_out(list, INDENT, text);
}

void
door_list_sentence(struct door_list *list, const char *text)
{
	lay_out(list, 0, text);
}

int
door_list_demand(void *arg, const struct ward_finding *finding)
{
	struct door_list *list = arg;
	char text[TEXT_SIZE];
	struct line line;

	if (finding->strength == WARD_REFERENCE ||
	    finding->verdict != WARD_FAIL) {
		return 0;
	}
	ward_finding_remedy(finding, list->language, NULL, text, sizeof(text));
	if (text[0] != '\0') {
		begin_line(list, finding->strength, &line);
		add(&line, "%s", text);
		add_origin(&line, list->language, finding);
		door_list_add(list, line.text);
	}
	return 0;
}

int
door_list_fault(void *arg, const struct ward_finding *finding)
{
	struct door_list *list = arg;
	char why[TEXT_SIZE], remedy[TEXT_SIZE];
	struct line line;

	if (ward_finding_act(finding) == WARD_ACT_NONE) {
		return 0;
	}
	if (ward_finding_act(finding) == WARD_ACT_REFUSE) {
		list->refused++;
		list->too_soon += finding->rule == WARD_RULE_PASSWORD_MIN_AGE;
	}
	ward_finding_message(finding, list->language, NULL, why, sizeof(why));
	ward_finding_remedy(finding, list->language, NULL, remedy,
	    sizeof(remedy));
	begin_line(list, finding->strength, &line);
	add(&line,
	    remedy[0] == '\0' ? "%s%s" : ward_text(list->language, "%s. %s"),
	    why, remedy);
	add_origin(&line, list->language, finding);
	door_list_add(list, line.text);
	return 0;
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
