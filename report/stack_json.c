/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-stack/1: docs/schema/acctward-stack-1.json. All that is known, in
 * the same order each time. */
#include "report/json.h"
#include "report/stack.h"

static int
begin(struct ward_report *report, bool all)
{
	(void)all;
	report->state = NULL;
	(void)fputs("{\"schema\": \"acctward-stack/1\",\n"
		    " \"tool\": \"acctward " WARD_VERSION "\",\n"
		    " \"services\": [",
	    report->stream);
	return 0;
}

/* Into a list that may be NULL, as it may be for want of memory. */
static void
append(json_t **list, json_t *value)
{
	if (json_array_append_new(*list, value) != 0) {
		json_decref(*list);
		*list = NULL;
	}
}

static json_t *
line_json(const struct ward_pam_handler *h)
{
	static const char *const kinds[] = {
		[WARD_PAM_MODULE] = "module",
		[WARD_PAM_MISSING] = "missing",
		[WARD_PAM_BROKEN] = "broken",
		[WARD_PAM_SUBSTACK] = "substack",
	};
	json_t *args = json_array();

	for (uint32_t i = 0; i < h->arg_count && args != NULL; i++) {
		append(&args, ward_json_text(h->args[i]));
	}
	return json_pack("{s:o, s:I, s:o, s:o, s:o, s:i, s:s, s:b}", "file",
	    ward_json_text(h->source.file), "line", (json_int_t)h->source.line,
	    "control", ward_json_text(h->control), "module",
	    ward_json_text(h->module), "args", args, "level", (int)h->level,
	    "kind", kinds[h->kind], "silent", (int)h->silent);
}

static json_t *
stack_json(const struct ward_pam_stack *stack)
{
	json_t *lines = json_array();

	for (uint32_t i = 0; i < stack->count && lines != NULL; i++) {
		append(&lines, line_json(&stack->handlers[i]));
	}
	return json_pack("{s:b, s:o}", "of_other", (int)stack->other, "lines",
	    lines);
}

/* Where libpam runs none of them, there is nothing to show. */
static json_t *
stacks_json(const struct ward_pam_service *service)
{
	json_t *stacks;

	if (service->fate != WARD_PAM_READ) {
		return json_null();
	}
	stacks = json_object();
	for (size_t t = 0; t < WARD_PAM_TYPES && stacks != NULL; t++) {
		if (json_object_set_new(stacks, ward_pam_type_name(t),
			stack_json(&service->stacks[t])) != 0) {
			json_decref(stacks);
			stacks = NULL;
		}
	}
	return stacks;
}

static json_t *
why_json(const struct ward_report *report, const char *why)
{
	char text[WARD_CLEAN_SIZE];

	ward_stack_why_text(report, why, text, sizeof(text));
	return ward_json_text(*text != '\0' ? text : NULL);
}

static json_t *
faults_json(const struct ward_report *report,
    const struct ward_pam_service *service)
{
	json_t *faults = json_array();

	for (uint32_t i = 0; i < service->fault_count && faults != NULL; i++) {
		const struct ward_pam_fault *fault = &service->faults[i];

		append(&faults,
		    json_pack("{s:o, s:o}", "source",
			ward_json_source(fault->source), "what",
			why_json(report, fault->what)));
	}
	return faults;
}

static json_t *
steps_json(const struct ward_claim *claim)
{
	json_t *steps = json_array();

	for (size_t i = 0; i < claim->step_count && steps != NULL; i++) {
		const struct ward_service_step *step = &claim->steps[i];

		append(&steps,
		    json_pack("{s:o, s:o, s:o}", "source",
			ward_json_source(step->source), "module",
			ward_json_text(step->module), "code",
			ward_json_text(step->code)));
	}
	return steps;
}

static json_t *
claim_json(const struct ward_report *report, const struct ward_claim *claim,
    enum ward_claim_id id)
{
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o}",
	    "claim", ward_claim_name(id), "proof",
	    ward_proof_name(claim->proof), "number",
	    ward_json_number(claim->number), "unit",
	    ward_json_text(claim->number.known ? ward_stack_unit(id) : NULL),
	    "seconds", ward_json_number(claim->seconds), "by_plan",
	    (int)claim->by_plan, "source", ward_json_source(claim->source),
	    "why", why_json(report, claim->why), "steps", steps_json(claim));
}

static json_t *
claimant_json(const struct ward_report *report,
    const struct ward_service *claims, enum ward_claimant by)
{
	json_t *list = json_array();

	for (size_t id = 0; id < WARD_CLAIM_COUNT && list != NULL; id++) {
		append(&list, claim_json(report, &claims->claims[by][id], id));
	}
	return list;
}

static json_t *
claims_json(const struct ward_report *report, const struct ward_service *claims)
{
	return claims->fragment ?
	    json_null() :
	    json_pack("{s:o, s:o}", "user",
		claimant_json(report, claims, WARD_BY_USER), "root",
		claimant_json(report, claims, WARD_BY_ROOT));
}

static int
put_service(struct ward_report *report, const struct ward_stack *stack)
{
	static const char *const fates[] = {
		[WARD_PAM_READ] = "read",
		[WARD_PAM_REFUSED] = "refused",
		[WARD_PAM_UNSURE] = "unsure",
	};
	const struct ward_pam_service *service = stack->service;
	const char *before = report->state == NULL ? "\n  " : ",\n  ";

	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before,
	    json_pack("{s:o, s:b, s:o, s:b, s:s, s:o, s:o, s:o}", "name",
		ward_json_text(service->name), "configured",
		(int)stack->configured, "source",
		ward_json_source(stack->claims->source), "fragment",
		(int)stack->claims->fragment, "fate", fates[service->fate],
		"faults", faults_json(report, service), "stacks",
		stacks_json(service), "claims",
		claims_json(report, stack->claims)));
}

static int
end(struct ward_report *report, const struct ward_stack_summary *summary)
{
	const uint64_t *proofs = summary->proofs;
	int r = ward_json_put(report->stream, "],\n \"summary\": ",
	    json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "services",
		(json_int_t)summary->services, "fragments",
		(json_int_t)summary->fragments, "held",
		(json_int_t)proofs[WARD_PROOF_HELD], "broken",
		(json_int_t)proofs[WARD_PROOF_BROKEN], "unknown",
		(json_int_t)proofs[WARD_PROOF_UNKNOWN], "none",
		(json_int_t)proofs[WARD_PROOF_NONE], "faulty",
		(json_int_t)summary->faulty));

	(void)fputs("}\n", report->stream);
	return r;
}

const struct ward_stack_format ward_stack_json = {
	.name = "json",
	.begin = begin,
	.row = put_service,
	.whole = put_service,
	.end = end,
};
