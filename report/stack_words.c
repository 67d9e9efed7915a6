/* SPDX-License-Identifier: BSD-2-Clause */
/* What is claimed of a service, in words. */
#include "report/stack.h"

const struct ward_stack_group ward_stack_groups[WARD_STACK_GROUPS] = {
	{ N_("A new password"), N_("no password is set by the service"),
	    WARD_CLAIM_MIN_LENGTH, WARD_CLAIM_HISTORY },
	{ N_("Log-in by password"), N_("nobody is let in by a password"),
	    WARD_CLAIM_LOCKED, WARD_CLAIM_EMPTY },
	{ N_("An account"), N_("no account is let in"), WARD_CLAIM_ENDED,
	    WARD_CLAIM_CHANGE },
};

static const struct {
	const char *column, *unit;
	const char *plain; /* with no number */
} words[WARD_CLAIM_COUNT] = {
	[WARD_CLAIM_MIN_LENGTH] = { N_("len"), "bytes",
	    N_("has a least length") },
	[WARD_CLAIM_MIN_CLASSES] = { N_("cls"), "classes",
	    N_("mixes classes of characters") },
	[WARD_CLAIM_NAME] = { N_("name"), "bytes",
	    N_("does not contain the account's name") },
	[WARD_CLAIM_WEAK] = { N_("dict"), NULL,
	    N_("was held against a dictionary") },
	[WARD_CLAIM_HISTORY] = { N_("old"), "passwords",
	    N_("is none that was used before") },
	[WARD_CLAIM_LOCKED] = { N_("lock"), "failures",
	    N_("an account that is locked is not let in") },
	[WARD_CLAIM_COUNTED] = { N_("cnt"), NULL,
	    N_("each wrong password is counted") },
	[WARD_CLAIM_RIGHT] = { N_("bad"), NULL,
	    N_("a wrong password lets nobody in") },
	[WARD_CLAIM_RESET] = { N_("zero"), NULL,
	    N_("a right password sets the count back") },
	[WARD_CLAIM_ASKED] = { N_("ask"), NULL,
	    N_("nobody but root is let in without being asked for anything") },
	[WARD_CLAIM_EMPTY] = { N_("null"), NULL,
	    N_("no account with an empty password is let in") },
	[WARD_CLAIM_ENDED] = { N_("end"), NULL,
	    N_("is not let in once it has ended") },
	[WARD_CLAIM_CHANGE] = { N_("chg"), NULL,
	    N_("is not let in before its password is changed, where that has "
	       "to be") },
};

static const struct {
	const char *word, *color;
} proofs[WARD_PROOF_COUNT] = {
	[WARD_PROOF_UNKNOWN] = { N_("UNKNOWN"), "\033[35m" },
	[WARD_PROOF_NONE] = { N_("no case"), "" },
	[WARD_PROOF_HELD] = { N_("held"), "\033[32m" },
	[WARD_PROOF_BROKEN] = { N_("NOT HELD"), "\033[1;31m" },
};

const char *
ward_stack_column(enum ward_claim_id claim)
{
	return words[claim].column;
}

const char *
ward_stack_unit(enum ward_claim_id claim)
{
	return words[claim].unit;
}

const char *
ward_stack_plain(enum ward_claim_id claim)
{
	return words[claim].plain;
}

const char *
ward_stack_proof_word(enum ward_proof proof)
{
	return proofs[proof].word;
}

const char *
ward_stack_proof_color(const struct ward_report *report, enum ward_proof proof)
{
	return report->color ? proofs[proof].color : "";
}

/* ", for 900 seconds" */
static void
seconds_text(const struct ward_report *report, struct ward_optional seconds,
    char *text, size_t size)
{
	text[0] = '\0';
	if (seconds.known && seconds.value == 0) {
		(void)snprintf(text, size, "%s",
		    ward_text(report->language,
			N_(", for good: until somebody unlocks it")));
	} else if (seconds.known) {
		(void)snprintf(text, size,
		    ward_text(report->language,
			seconds.value == 1 ? ", for %lld second" :
					     N_(", for %lld seconds")),
		    (long long)seconds.value);
	}
}

/* What holds by the number. The current password alone is refused where none
 * older is. */
static void
number_text(const struct ward_report *report, enum ward_claim_id id,
    int64_t number, char *text, size_t size)
{
	enum ward_language language = report->language;
	bool one = number == 1;
	long long n = (long long)number;

	switch (id) {
	case WARD_CLAIM_MIN_LENGTH:
		(void)snprintf(text, size,
		    ward_text(language,
			one ? "has %lld byte or more" :
			      N_("has %lld bytes or more")),
		    n);
		break;
	case WARD_CLAIM_MIN_CLASSES:
		(void)snprintf(text, size,
		    ward_text(language,
			one ? "has characters of %lld class or more" :
			      N_("has characters of %lld classes or more")),
		    n);
		break;
	case WARD_CLAIM_NAME:
		(void)snprintf(text, size,
		    ward_text(language,
			"does not contain the account's name, if that has %lld "
			"bytes or more"),
		    n);
		break;
	case WARD_CLAIM_HISTORY:
		(void)snprintf(text, size,
		    ward_text(language,
			n == 0 ? "is not the current one (older ones refused: "
				 "%lld)" :
			    one ?
				 N_("is neither the current one nor the %lld "
				    "before it") :
				 N_("is neither the current one nor one of the "
				    "%lld before it")),
		    n);
		break;
	default:
		(void)snprintf(text, size,
		    ward_text(language,
			one ?
			    "an account is locked after %lld counted failure" :
			    N_("an account is locked after %lld "
			       "counted failures")),
		    n);
		break;
	}
}

void
ward_stack_held_text(const struct ward_report *report, enum ward_claim_id id,
    const struct ward_claim *claim, char *text, size_t size)
{
	const char *plain = ward_text(report->language, words[id].plain);
	bool counts = claim->number.known && words[id].unit != NULL;
	char number[512], seconds[256], more[1024];

	(void)snprintf(number, sizeof(number), "%s", plain);
	if (counts) {
		number_text(report, id, claim->number.value, number,
		    sizeof(number));
	}
	seconds_text(report, claim->seconds, seconds, sizeof(seconds));
	if (!claim->by_plan) {
		(void)snprintf(text, size, "%s%s", number, seconds);
		return;
	}
	more[0] = '\0';
	if (counts) {
		(void)snprintf(more, sizeof(more),
		    ward_text(report->language, "; without it: %s%s"), number,
		    seconds);
	}
	(void)snprintf(text, size,
	    ward_text(report->language,
		"%s, as the plan asks (pam_acctward.so)%s"),
	    plain, more);
}

void
ward_stack_why_text(const struct ward_report *report, const char *why,
    char *text, size_t size)
{
	char phrase[WARD_CLEAN_SIZE];

	text[0] = '\0';
	if (why != NULL) {
		ward_phrase(report->language, ward_text(report->language, why),
		    phrase, sizeof(phrase));
		ward_clean_text(phrase, text, size);
	}
}

void
ward_stack_place_text(const struct ward_source *source,
    char text[WARD_CLEAN_SIZE])
{
	char clean[WARD_CLEAN_SIZE - 64] = "";

	if (source->file != NULL) {
		ward_clean_text(source->file, clean, sizeof(clean));
	}
	if (source->line > 0) {
		(void)snprintf(text, WARD_CLEAN_SIZE, "%s:%u", clean,
		    source->line);
	} else {
		(void)snprintf(text, WARD_CLEAN_SIZE, "%s", clean);
	}
}
