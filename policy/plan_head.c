/* SPDX-License-Identifier: BSD-2-Clause */
/* The section [plan]: which document this is. */
#include "plan.h"

#include <string.h>

#define ID_SIZE_MAX 64

const char *const ward_head_keys[WARD_HEAD_COUNT] = {
	[WARD_HEAD_ID] = "id",
	[WARD_HEAD_TITLE] = "title",
	[WARD_HEAD_AGENCY] = "agency",
	[WARD_HEAD_LEVEL] = "level",
	[WARD_HEAD_VERSION] = "version",
	[WARD_HEAD_DATE] = "date",
	[WARD_HEAD_KIND] = "kind",
	[WARD_HEAD_EXTENDS] = "extends",
	[WARD_HEAD_CLAUSES] = "clauses",
};

static const char *const kinds[WARD_KIND_COUNT] = {
	[WARD_KIND_PLAN] = "plan",
	[WARD_KIND_PACK] = "pack",
	[WARD_KIND_REFERENCE] = "reference",
};

enum ward_plan_kind
ward_plan_kind(const struct ward_plan *plan)
{
	const char *word = plan->head[WARD_HEAD_KIND].text;

	for (enum ward_plan_kind i = 0; word != NULL && i < WARD_KIND_COUNT;
	     i++) {
		if (strcmp(word, kinds[i]) == 0) {
			return i;
		}
	}
	return WARD_KIND_PLAN;
}

const char *
ward_plan_kind_name(enum ward_plan_kind kind)
{
	return kinds[kind];
}

const char *
ward_plan_version(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_VERSION].text;
}

const char *
ward_plan_date(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_DATE].text;
}

const char *
ward_plan_extends(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_EXTENDS].text;
}

bool
ward_plan_is_id(const char *id)
{
	size_t size = strspn(id,
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

	return size > 0 && size <= ID_SIZE_MAX && id[size] == '\0' &&
	    strchr(".-_", id[0]) == NULL;
}

/* ---- what each key may say: NULL where it may, else what would be right --- */

static const char *
judge_id(const struct ward_plan *plan, const char *text)
{
	(void)plan;
	return ward_plan_is_id(text) ?
	    NULL :
	    N_("is not letters, digits and ._-, beginning with a letter or digit");
}

static const char *
judge_level(const struct ward_plan *plan, const char *text)
{
	(void)plan;
	return strlen(text) == 1 && strchr("ABCDE", *text) != NULL ?
	    NULL :
	    N_("is none of: A B C D E");
}

static const char *
judge_date(const struct ward_plan *plan, const char *text)
{
	struct ward_moment moment;

	(void)plan;
	return strlen(text) == strlen("YYYY-MM-DD") &&
		ward_moment_parse(text, 0, &moment) == 0 ?
	    NULL :
	    N_("is not a day, as YYYY-MM-DD");
}

static const char *
judge_kind(const struct ward_plan *plan, const char *text)
{
	(void)plan;
	for (size_t i = 0; i < WARD_KIND_COUNT; i++) {
		if (strcmp(text, kinds[i]) == 0) {
			return NULL;
		}
	}
	return N_("is none of: plan pack reference");
}

static const char *
judge_extends(const struct ward_plan *plan, const char *text)
{
	if (ward_plan_kind(plan) != WARD_KIND_PACK) {
		return N_("is named, but only a pack goes on from another");
	}
	return strcmp(text, plan->head[WARD_HEAD_ID].text) == 0 ?
	    N_("is the pack itself") :
	    judge_id(plan, text);
}

static const char
    *(*const judges[WARD_HEAD_COUNT])(const struct ward_plan *plan,
	const char *text) = {
	    [WARD_HEAD_ID] = judge_id,
	    [WARD_HEAD_LEVEL] = judge_level,
	    [WARD_HEAD_DATE] = judge_date,
	    [WARD_HEAD_KIND] = judge_kind,
	    [WARD_HEAD_EXTENDS] = judge_extends,
    };

/* One name is one document: the file's is the plan's. */
static int
check_file_name(const struct ward_value *id, const char *path,
    struct ward_error *err)
{
	const char *base = strrchr(path, '/');

	base = base == NULL ? path : base + 1;
	if (strncmp(base, id->text, strlen(id->text)) != 0 ||
	    strcmp(base + strlen(id->text), ".conf") != 0) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s:%u: id: '%s' is not the name of the file", path,
		    id->origin.line, id->text);
	}
	return 0;
}

int
ward_plan_check_head(const struct ward_plan *plan, const char *path, bool named,
    struct ward_error *err)
{
	for (size_t i = 0; i <= WARD_HEAD_AGENCY; i++) {
		if (plan->head[i].text == NULL) {
			return ward_error_set(err, WARD_ERR_SYNTAX,
			    "%s:1: [plan] lacks %s = ...", path,
			    ward_head_keys[i]);
		}
	}
	for (size_t i = 0; i < WARD_HEAD_COUNT; i++) {
		const struct ward_value *value = &plan->head[i];
		const char *right = judges[i] == NULL || value->text == NULL ?
		    NULL :
		    judges[i](plan, value->text);

		if (right != NULL) {
			return ward_error_set(err, WARD_ERR_SYNTAX,
			    "%s:%u: %s: '%s' %s", path, value->origin.line,
			    ward_head_keys[i], value->text,
			    ward_error_text(err, right));
		}
	}
	return named ? check_file_name(&plan->head[WARD_HEAD_ID], path, err) :
		       0;
}
