/* SPDX-License-Identifier: BSD-2-Clause */
/* What a service does: proofs over the worlds in which it may be called. */
#include <stdlib.h>
#include <string.h>

#include "collect/pam/service.h"

/* The claims, and what they are made of. */
struct claims {
	struct ward_service service; /* the first member */
	struct ward_pool *pool;
};

/* The stack that a claim is about. */
static enum ward_pam_type
type_of(enum ward_claim_id claim)
{
	return claim <= WARD_CLAIM_HISTORY ? WARD_PAM_PASSWORD :
	    claim <= WARD_CLAIM_EMPTY      ? WARD_PAM_AUTH :
					     WARD_PAM_ACCOUNT;
}

/* Programs that are root themselves, and let others in: real uid 0 says nothing
 * of who that is. */
static bool
is_daemon(const char *name)
{
	static const char *const names[] = { "sshd", "login", "remote",
		"gdm-password", "gdm", "lightdm", "sddm", "kdm", "xdm",
		"vsftpd", "proftpd", "pure-ftpd", "ftp", "dovecot", "imap",
		"imap4", "pop", "pop3", "sieve", "smtp", "smtpd", "cups",
		"openvpn", "ppp", "squid", "radiusd", "freeradius", "dropbear",
		"rlogin", "rsh", "rexec", "telnet", "cockpit", "xrdp-sesman",
		"greetd", "lxdm", "slim", "wdm", "webmin", "samba",
		"system-auth", "password-auth", "common-auth" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void
set_all(struct ward_service *s, enum ward_pam_type type, enum ward_proof proof,
    struct ward_source source, const char *why)
{
	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			if (type == WARD_PAM_TYPES || type_of(id) == type) {
				s->claims[by][id] = (struct ward_claim){
					.proof = proof,
					.source = source,
					.why = why,
				};
			}
		}
	}
}

static bool
is_at(const struct ward_pam_stack *stack, const struct ward_source *source)
{
	for (uint32_t i = 0; i < stack->count; i++) {
		const struct ward_source *at = &stack->handlers[i].source;

		if (at->line == source->line &&
		    strcmp(at->file, source->file) == 0) {
			return true;
		}
	}
	return false;
}

/* Where libpam reads the service, a fault is a line's. One among session's, or
 * among those of other's that are not used, matters to no claim. */
static bool
matters(const struct ward_pam_service *service,
    const struct ward_pam_fault *fault)
{
	return is_at(&service->stacks[WARD_PAM_AUTH], &fault->source) ||
	    is_at(&service->stacks[WARD_PAM_ACCOUNT], &fault->source) ||
	    is_at(&service->stacks[WARD_PAM_PASSWORD], &fault->source);
}

/* Is the service not to be judged as a whole? */
static bool
has_fault(const struct ward_pam_service *service, struct ward_service *out)
{
	for (uint32_t i = 0; i < service->fault_count; i++) {
		const struct ward_pam_fault *fault = &service->faults[i];

		if (service->fate != WARD_PAM_READ || matters(service, fault)) {
			set_all(out, WARD_PAM_TYPES, WARD_PROOF_UNKNOWN,
			    fault->source, fault->what);
			return true;
		}
	}
	if (service->fate == WARD_PAM_READ) {
		return false;
	}
	set_all(out, WARD_PAM_TYPES,
	    service->fate == WARD_PAM_REFUSED ? WARD_PROOF_NONE :
						WARD_PROOF_UNKNOWN,
	    out->source, NULL);
	return true;
}

/* A module that is not there, unless it is said that it may be missing, is not
 * what was meant. */
static bool
lacks_module(const struct ward_pam_stack *stack, struct ward_service *out,
    enum ward_pam_type type)
{
	for (uint32_t i = 0; i < stack->count; i++) {
		const struct ward_pam_handler *h = &stack->handlers[i];

		if (h->kind == WARD_PAM_MISSING && !h->silent) {
			set_all(out, type, WARD_PROOF_UNKNOWN, h->source,
			    NC_("detail", "its module is not there"));
			return true;
		}
	}
	return false;
}

static void
judge(struct ward_pam_judge *j)
{
	static void (*const judges[WARD_PAM_SESSION])(
	    struct ward_pam_judge *) = {
		[WARD_PAM_AUTH] = ward_pam_judge_auth,
		[WARD_PAM_ACCOUNT] = ward_pam_judge_account,
		[WARD_PAM_PASSWORD] = ward_pam_judge_password,
	};

	if (has_fault(j->service, j->out)) {
		return;
	}
	for (size_t t = 0; t < WARD_PAM_SESSION && j->error == 0; t++) {
		ward_pam_side_read(j, t);
	}
	for (size_t t = 0; t < WARD_PAM_SESSION && j->error == 0; t++) {
		if (lacks_module(&j->service->stacks[t], j->out, t)) {
			continue;
		}
		for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
			j->by = by;
			judges[t](j);
		}
	}
}

int
ward_pam_claims(struct ward_pam *pam, const struct ward_pam_service *service,
    struct ward_service **ret_claims, struct ward_error *err)
{
	struct claims *made = calloc(1, sizeof(*made));
	struct ward_pam_judge j = { .pam = pam, .service = service };

	if (made != NULL) {
		made->pool = ward_pool_new();
	}
	if (made == NULL || made->pool == NULL ||
	    (pam->files == NULL &&
		ward_pam_modules_open(pam->root, &pam->files, NULL) != 0) ||
	    ward_pam_is_fragment(pam, service, &made->service.fragment) != 0) {
		j.error = WARD_ERR_NOMEM;
		goto out;
	}
	made->service.name = service->name;
	made->service.source = service->source;
	j.out = &made->service;
	j.pool = made->pool;
	j.daemon = is_daemon(service->name);
	judge(&j);
out:
	if (j.error != 0) {
		ward_pam_claims_free((struct ward_service *)made);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	*ret_claims = &made->service;
	return 0;
}

void
ward_pam_claims_free(struct ward_service *claims)
{
	struct claims *made = (struct claims *)claims;

	if (made != NULL) {
		ward_pool_free(made->pool);
		free(made);
	}
}
