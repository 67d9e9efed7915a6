/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include "report/report.h"

struct list {
	FILE *stream;
	enum ward_language language;
};

static int
list_one(void *arg, const char *id, const struct ward_plan *plan,
    const char *error)
{
	const struct list *list = arg;
	char name[WARD_CLEAN_SIZE], why[WARD_CLEAN_SIZE];

	/* The file's name is whoever's made the image that it lies in. */
	ward_clean_text(id, name, sizeof(name));
	if (plan == NULL) {
		ward_clean_text(error, why, sizeof(why));
		(void)fprintf(list->stream,
		    ward_text(list->language,
			"%-22s  %-9s  cannot be used: %s\n"),
		    name, "?", why);
	} else {
		(void)fprintf(list->stream, "%-22s  %-9s  %s (%s)\n", name,
		    ward_plan_kind_name(ward_plan_kind(plan)),
		    ward_plan_title(plan), ward_plan_agency(plan));
	}
	return 0;
}

int
ward_cmd_plan_list(const struct ward_options *options)
{
	struct ward_places places = { .shipped = NULL };
	struct ward_output output = { .stream = NULL };
	struct ward_error err = { .language = ward_language(options) };
	int r = ward_places_find(options, &places, &err);

	if (r == 0) {
		r = ward_output_open(options->output, &output, &err);
	}
	if (r == 0) {
		struct list list = { output.stream, err.language };

		r = ward_plan_each(&places.places, list_one, &list, &err);
	}
	if (r == 0) {
		r = ward_output_commit(&output, &err);
	}
	ward_output_discard(&output);
	ward_places_free(&places);
	return r == 0 ? WARD_EXIT_COMPLIANT : ward_say_error("%s", err.text);
}

/* As comments: what is shown stays a plan that loads. */
static void
name_packs(const struct ward_plan *plan, FILE *stream,
    enum ward_language language)
{
	const struct ward_plan *pack;

	for (size_t i = 0; (pack = ward_plan_pack(plan, i)) != NULL; i++) {
		(void)fprintf(stream,
		    ward_text(language,
			ward_plan_kind(pack) == WARD_KIND_REFERENCE ?
			    "\n# %s informs beside it: "
			    "acctward plan show %s\n" :
			    N_("\n# %s binds as well: acctward plan show %s\n")),
		    ward_plan_id(pack), ward_plan_id(pack));
	}
}

int
ward_cmd_plan_show(const struct ward_options *options)
{
	struct ward_places places = { .shipped = NULL };
	struct ward_output output = { .stream = NULL };
	struct ward_plan *plan = NULL;
	struct ward_error err = { .language = ward_language(options) };
	int r = ward_places_find(options, &places, &err);

	if (r == 0) {
		r = ward_plan_load(&places.places,
		    options->argc > 0 ? options->argv[0] : NULL, &plan, &err);
	}
	if (r == 0) {
		r = ward_output_open(options->output, &output, &err);
	}
	if (r == 0) {
		(void)ward_plan_dump(plan, output.stream);
		name_packs(plan, output.stream, err.language);
		r = ward_output_commit(&output, &err);
	}
	ward_output_discard(&output);
	ward_plan_free(plan);
	ward_places_free(&places);
	return r == 0 ? WARD_EXIT_COMPLIANT : ward_say_error("%s", err.text);
}

int
ward_cmd_plan_check(const struct ward_options *options)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .language = ward_language(options) };
	char file[WARD_CLEAN_SIZE];

	if (ward_plan_check(options->argv[0], &plan, &err) != 0) {
		return ward_say_error("%s", err.text);
	}
	ward_clean_text(options->argv[0], file, sizeof(file));
	(void)printf(ward_text(err.language, "%s: %s is a %s\n"), file,
	    ward_plan_id(plan),
	    ward_text(err.language, ward_plan_kind_name(ward_plan_kind(plan))));
	ward_plan_free(plan);
	return fflush(stdout) == 0 ?
	    WARD_EXIT_COMPLIANT :
	    ward_say_error("standard output could not be written");
}
