/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

static const char *const claim_names[WARD_CLAIM_COUNT] = {
	[WARD_CLAIM_MIN_LENGTH] = "min_length",
	[WARD_CLAIM_MIN_CLASSES] = "min_classes",
	[WARD_CLAIM_NAME] = "no_account_name",
	[WARD_CLAIM_WEAK] = "weak",
	[WARD_CLAIM_HISTORY] = "history",
	[WARD_CLAIM_LOCKED] = "locked",
	[WARD_CLAIM_COUNTED] = "counted",
	[WARD_CLAIM_RIGHT] = "right",
	[WARD_CLAIM_RESET] = "reset",
	[WARD_CLAIM_ASKED] = "asked",
	[WARD_CLAIM_EMPTY] = "empty",
	[WARD_CLAIM_ENDED] = "ended",
	[WARD_CLAIM_CHANGE] = "change",
};

static const char *const proof_names[WARD_PROOF_COUNT] = {
	[WARD_PROOF_UNKNOWN] = "unknown",
	[WARD_PROOF_NONE] = "none",
	[WARD_PROOF_HELD] = "held",
	[WARD_PROOF_BROKEN] = "broken",
};

const char *
ward_claim_name(enum ward_claim_id claim)
{
	return claim_names[claim];
}

const char *
ward_proof_name(enum ward_proof proof)
{
	return proof_names[proof];
}
