/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Claims about random stacks: against every outcome tried in turn, and with
 * modules that are not known against what they may turn out to be.
 */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "tests/fake_modules.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define WAYS_MAX 6000
#define CALLS_MAX 64
#define LINES_MAX 16

/* ---- random stacks ---------------------------------------------------------- */

static uint64_t chance_state = 0x9e3779b97f4a7c15;

static uint32_t
chance(uint32_t below)
{
	uint64_t x = chance_state;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	chance_state = x;
	return (uint32_t)((x * 0x2545f4914f6cdd1du) >> 33) % below;
}

static const char *const auth[] = { "pam_unix.so", "pam_unix.so",
	"pam_unix.so nullok", "pam_faillock.so preauth",
	"pam_faillock.so preauth", "pam_faillock.so authfail",
	"pam_faillock.so authfail", "pam_faillock.so authsucc", "pam_deny.so",
	"pam_permit.so", "pam_rootok.so", "pam_env.so",
	"pam_faillock.so preauth even_deny_root", "pam_acctward.so preauth",
	"pam_acctward.so authfail", "pam_acctward.so authsucc" };
static const char *const account[] = { "pam_unix.so", "pam_permit.so",
	"pam_deny.so", "pam_faillock.so", "pam_acctward.so" };
static const char *const password[] = { "pam_unix.so",
	"pam_unix.so use_authtok", "pam_unix.so use_authtok minlen=8",
	"pam_pwquality.so", "pam_pwquality.so minlen=12 minclass=3",
	"pam_pwquality.so use_authtok enforce_for_root", "pam_pwhistory.so",
	"pam_pwhistory.so use_authtok remember=4", "pam_permit.so",
	"pam_deny.so", "pam_acctward.so", "pam_acctward.so use_authtok",
	"pam_acctward.so changed" };

static const struct {
	const char *name;
	const char *const *modules;
	uint32_t count;
} types[] = {
	{ "auth", auth, LENGTH(auth) },
	{ "account", account, LENGTH(account) },
	{ "password", password, LENGTH(password) },
};

static const char *
some_control(char text[80])
{
	static const char *const words[] = { "required", "requisite",
		"sufficient", "optional" };
	static const char *const does[] = { "ignore", "ok", "done", "bad",
		"die", "reset", "1", "2" };

	if (chance(2) == 0) {
		return words[chance(LENGTH(words))];
	}
	(void)snprintf(text, 80,
	    "[success=%s new_authtok_reqd=%s%s default=%s]",
	    does[chance(LENGTH(does))], does[chance(LENGTH(does))],
	    chance(3) == 0 ? " ignore=die" : " ignore=ignore",
	    does[chance(LENGTH(does))]);
	return text;
}

struct made {
	char controls[LINES_MAX][80];
	const char *modules[LINES_MAX];
	uint32_t types[LINES_MAX], count;
};

static void
make(struct made *m)
{
	char text[80];

	m->count = 0;
	for (uint32_t t = 0; t < LENGTH(types); t++) {
		for (uint32_t left = 1 + chance(5); left > 0; left--) {
			m->types[m->count] = t;
			m->modules[m->count] = types[t].modules[chance(
			    types[t].count)];
			(void)snprintf(m->controls[m->count++], 80, "%s",
			    some_control(text));
		}
	}
}

struct host {
	char *tree, *text;
	struct ward_pam *pam;
	struct ward_pam_service *service;
	struct ward_service *claims;
};

static void
judge(struct host *h, const struct made *m)
{
	struct ward_pam_options options = { .root = h->tree,
		.dialect = WARD_PAM_UPSTREAM };
	size_t size;
	FILE *stream = open_memstream(&h->text, &size);

	assert_non_null(stream);
	for (uint32_t i = 0; i < m->count; i++) {
		(void)fprintf(stream, "%s %s %s\n", types[m->types[i]].name,
		    m->controls[i], m->modules[i]);
	}
	assert_int_equal(fclose(stream), 0);
	ward_tree_put(h->tree, "/etc/pam.d/svc", h->text, size);
	assert_int_equal(ward_pam_open(&options, &h->pam, NULL), 0);
	assert_int_equal(ward_pam_read(h->pam, "svc", &h->service, NULL), 0);
	assert_int_equal(h->service->fault_count, 0);
	assert_int_equal(ward_pam_claims(h->pam, h->service, &h->claims, NULL),
	    0);
}

static void
done(struct host *h)
{
	ward_pam_claims_free(h->claims);
	ward_pam_service_free(h->service);
	ward_pam_close(h->pam);
	free(h->text);
}

/* ---- all ways, one after the other ------------------------------------------ */

struct ways {
	const struct ward_pam_stack *stack;
	enum ward_pam_type type;
	struct ward_pam_world world;
	bool ours_only; /* for the others it may be fine, too */
	struct ward_pam_line lines[LINES_MAX];
	uint32_t pass;
	/* One way: */
	size_t depth;
	uint16_t chosen[CALLS_MAX], choices[CALLS_MAX];
	uint8_t bits;
	bool vouched, set, token;
	bool many;
};

static bool
is_asking(const struct ward_pam_line *l)
{
	enum fake f = l->module->fake;

	return !arg(l, "use_authtok", NULL) && !arg(l, "changed", NULL) &&
	    (f == UNIX || f == OURS || f == PWQUALITY || f == PWHISTORY);
}

static void
take(struct ways *w, const struct ward_pam_line *l, int code, uint8_t bits)
{
	w->bits |= bits;
	w->vouched |= l->module->fake == ROOTOK && code == 0;
	if (w->type != WARD_PAM_PASSWORD || w->pass == 0) {
		return;
	}
	w->token |= is_asking(l);
	w->set |= (bits & WARD_BIT_SET) != 0 &&
	    (w->token || !arg(l, "use_authtok", NULL));
	if ((bits & WARD_BIT_NO_TOKEN) != 0) {
		w->token = false;
	}
}

static int
call(void *opaque, uint32_t handler)
{
	struct ways *w = opaque;
	const struct ward_pam_line *l = &w->lines[handler];
	struct ward_pam_world world = w->world;
	struct ward_pam_may may[2 * WARD_PAM_MAYS];
	size_t count, left, choices = 0;
	int found = -1;

	count = ward_pam_line_may(l, w->type, w->pass, &world, may);
	if (w->ours_only && l->module->fake != OURS) {
		world.account = WARD_ACCOUNT_FINE;
		world.candidate = WARD_NEW_FINE;
		count += ward_pam_line_may(l, w->type, w->pass, &world,
		    may + count);
	}
	assert_true(w->depth < CALLS_MAX);
	left = w->choices[w->depth] == 0 ? 0 : w->chosen[w->depth];
	w->chosen[w->depth] = (uint16_t)left;
	for (size_t i = 0; i < count; i++) {
		for (int code = 0; code < WARD_PAM_CODES; code++) {
			if ((may[i].codes >> code & 1) != 0 &&
			    choices++ == left) {
				found = code;
				take(w, l, code, may[i].bits);
			}
		}
	}
	assert_true(found >= 0);
	w->choices[w->depth++] = (uint16_t)choices;
	return found;
}

static int
run_way(struct ways *w)
{
	struct ward_pam_run run = { .stack = w->stack, .call = call, .arg = w };
	uint32_t passes = w->type == WARD_PAM_PASSWORD ? 2 : 1;
	int r = 0;

	w->depth = 0;
	w->bits = 0;
	w->vouched = w->set = false;
	w->token = true;
	for (w->pass = 0; w->pass < passes && r == 0; w->pass++) {
		r = ward_pam_run(&run);
	}
	return r;
}

static bool
next_way(struct ways *w)
{
	for (; w->depth > 0; w->depth--) {
		size_t at = w->depth - 1;

		if (w->chosen[at] + 1 < w->choices[at]) {
			w->chosen[at]++;
			return true;
		}
		w->choices[at] = 0;
	}
	return false;
}

/* Is there a way on which `is` holds? */
static bool
any(struct ways *w, bool (*is)(const struct ways *w, int r))
{
	size_t ways = 0;
	bool found = false;

	memset(w->choices, 0, sizeof(w->choices));
	do {
		int r = run_way(w);

		found = is(w, r);
		w->many |= ++ways > WAYS_MAX;
	} while (!found && !w->many && next_way(w));
	return found;
}

static bool
is_let_in(const struct ways *w, int r)
{
	(void)w;
	return r == 0;
}

static bool
is_let_or_asked(const struct ways *w, int r)
{
	(void)w;
	return r == 0 || r == WARD_PAM_NEW_AUTHTOK_REQD;
}

static bool
is_by_password(const struct ways *w, int r)
{
	return r == 0 && (w->bits & WARD_BIT_TESTED) != 0;
}

static bool
is_unasked(const struct ways *w, int r)
{
	return r == 0 && (w->bits & WARD_BIT_TESTED) == 0 && !w->vouched;
}

static bool
is_empty(const struct ways *w, int r)
{
	return is_by_password(w, r) || is_unasked(w, r);
}

static bool
is_wrong(const struct ways *w, int r)
{
	return r == 0 && (w->bits & WARD_BIT_WRONG) != 0;
}

static bool
is_uncounted(const struct ways *w, int r)
{
	(void)r;
	return (w->bits & WARD_BIT_WRONG) != 0 &&
	    (w->bits & (WARD_BIT_COUNTED | WARD_BIT_RESET)) != WARD_BIT_COUNTED;
}

static bool
is_kept(const struct ways *w, int r)
{
	return is_by_password(w, r) && (w->bits & WARD_BIT_RESET) == 0;
}

static bool
is_kept_there(const struct ways *w, int r)
{
	return r == 0 && (w->bits & WARD_BIT_RESET) == 0;
}

static bool
is_set(const struct ways *w, int r)
{
	(void)r;
	return w->set;
}

/* ---- what the claims should be ---------------------------------------------- */

struct told {
	struct host *host;
	enum ward_claimant by;
	bool many; /* some question has too many ways */
	unsigned long strict, claims, broken, held;
};

static bool
can(struct told *t, enum ward_pam_type type, struct ward_pam_world world,
    bool (*is)(const struct ways *w, int r), bool ours_only)
{
	static struct ways w;
	bool found;

	memset(&w, 0, sizeof(w));
	w.stack = &t->host->service->stacks[type];
	w.type = type;
	w.world = world;
	w.world.by = t->by;
	w.ours_only = ours_only;
	for (uint32_t i = 0; i < w.stack->count; i++) {
		assert_int_equal(ward_pam_line_read(NULL, &w.stack->handlers[i],
				     type, &w.lines[i], NULL),
		    0);
	}
	found = any(&w, is);
	t->many |= w.many;
	return found;
}

static const struct ward_claim *
claim(const struct told *t, enum ward_claim_id id)
{
	return &t->host->claims->claims[t->by][id];
}

static void
differ(const struct told *t, enum ward_claim_id id, const char *what)
{
	const struct ward_claim *c = claim(t, id);

	for (size_t i = 0; i < c->step_count; i++) {
		print_message("    %u %s: %s\n", c->steps[i].source.line,
		    c->steps[i].module, c->steps[i].code);
	}
	fail_msg("%s\n%s %s: %s %lld plan %d, not %s\n", t->host->text,
	    t->by == WARD_BY_USER ? "user" : "root", ward_claim_name(id),
	    ward_proof_name(c->proof), (long long)c->number.value, c->by_plan,
	    what);
}

static void
expect(struct told *t, enum ward_claim_id id, enum ward_proof proof)
{
	if (t->many) {
		return;
	}
	if (claim(t, id)->proof != proof) {
		differ(t, id, ward_proof_name(proof));
	}
	t->claims++;
	t->broken += proof == WARD_PROOF_BROKEN;
	t->held += proof == WARD_PROOF_HELD;
}

static enum ward_proof
proof_of(bool some, bool broken)
{
	return broken ? WARD_PROOF_BROKEN :
	    some      ? WARD_PROOF_HELD :
			WARD_PROOF_NONE;
}

static bool
has(const struct told *t, enum ward_pam_type type, enum fake fake)
{
	const struct ward_pam_stack *s = &t->host->service->stacks[type];

	for (uint32_t i = 0; i < s->count; i++) {
		struct ward_pam_line l;

		(void)ward_pam_line_read(NULL, &s->handlers[i], type, &l, NULL);
		if (l.module->fake == fake) {
			return true;
		}
	}
	return false;
}

static void
check_lockout(struct told *t, bool password_lets)
{
	bool full[3] = { false }, some = false;

	for (uint32_t f = 1; f <= 2 && password_lets; f++) {
		struct ward_pam_world w = { .account = WARD_ACCOUNT_LOCKED,
			.lockout = f,
			.number = INT32_MAX,
			.without_ours = f == 1 };
		struct ward_pam_world typed = { .typed = WARD_TYPED_WRONG,
			.lockout = f,
			.without_ours = f == 1 };

		full[f] = has(t, WARD_PAM_AUTH, f == 1 ? FAILLOCK : OURS) &&
		    !can(t, WARD_PAM_AUTH, w, is_by_password, false) &&
		    !can(t, WARD_PAM_AUTH, typed, is_uncounted, false);
		some |= full[f];
	}
	if (!password_lets) {
		expect(t, WARD_CLAIM_LOCKED, WARD_PROOF_NONE);
		expect(t, WARD_CLAIM_COUNTED, WARD_PROOF_NONE);
		return;
	}
	if (t->many) {
		return;
	}
	if (some !=
	    (claim(t, WARD_CLAIM_LOCKED)->proof == WARD_PROOF_HELD &&
		claim(t, WARD_CLAIM_COUNTED)->proof == WARD_PROOF_HELD)) {
		differ(t, WARD_CLAIM_LOCKED, some ? "held" : "broken");
	}
	if (full[2] != claim(t, WARD_CLAIM_LOCKED)->by_plan ||
	    full[1] != (some && claim(t, WARD_CLAIM_LOCKED)->number.known)) {
		differ(t, WARD_CLAIM_LOCKED, "by that");
	}
}

static void
check_reset(struct told *t, bool password_lets)
{
	bool faillock = has(t, WARD_PAM_AUTH, FAILLOCK),
	     ours = has(t, WARD_PAM_AUTH, OURS), broken;
	struct ward_pam_world w = { .lockout = faillock ? 1 : 2,
		.without_ours = faillock };

	if (!password_lets || (!faillock && !ours)) {
		expect(t, WARD_CLAIM_RESET, WARD_PROOF_NONE);
	} else if (faillock != ours) {
		broken = can(t, WARD_PAM_AUTH, w, is_kept, false) &&
		    can(t, WARD_PAM_ACCOUNT, w, is_kept_there, false);
		expect(t, WARD_CLAIM_RESET, proof_of(true, broken));
	}
}

static void
check_auth(struct told *t)
{
	struct ward_pam_world w = { .without_ours = true };
	bool lets = can(t, WARD_PAM_AUTH, w, is_let_in, false);
	bool tested = can(t, WARD_PAM_AUTH, w, is_by_password, false);

	expect(t, WARD_CLAIM_ASKED,
	    proof_of(lets, can(t, WARD_PAM_AUTH, w, is_unasked, false)));
	w.typed = WARD_TYPED_WRONG;
	expect(t, WARD_CLAIM_RIGHT,
	    proof_of(tested, can(t, WARD_PAM_AUTH, w, is_wrong, false)));
	w.typed = WARD_TYPED_NOTHING;
	expect(t, WARD_CLAIM_EMPTY,
	    proof_of(tested,
		tested && can(t, WARD_PAM_AUTH, w, is_empty, false)));
	check_lockout(t, tested);
	check_reset(t, tested);
}

static void
check_account(struct told *t)
{
	static const struct {
		enum ward_claim_id id;
		int account;
		bool (*is)(const struct ways *w, int r);
	} all[] = {
		{ WARD_CLAIM_ENDED, WARD_ACCOUNT_ENDED, is_let_or_asked },
		{ WARD_CLAIM_CHANGE, WARD_ACCOUNT_MUST_CHANGE, is_let_in },
	};
	struct ward_pam_world w = { .without_ours = true };
	bool lets = can(t, WARD_PAM_ACCOUNT, w, is_let_or_asked, false);

	for (size_t i = 0; i < LENGTH(all); i++) {
		bool broken, plan;

		w.account = all[i].account;
		w.without_ours = true;
		broken = can(t, WARD_PAM_ACCOUNT, w, all[i].is, false);
		w.without_ours = false;
		plan = (lets || broken) && has(t, WARD_PAM_ACCOUNT, OURS) &&
		    !can(t, WARD_PAM_ACCOUNT, w, all[i].is, true);
		expect(t, all[i].id, proof_of(lets || plan, broken && !plan));
		if (!t->many && plan != claim(t, all[i].id)->by_plan) {
			differ(t, all[i].id, "by plan or not");
		}
	}
}

/* What is HELD must hold; what is BROKEN may be so only because it was not
 * looked at which lines ask again. */
static void
check_demand(struct told *t, enum ward_claim_id id, int candidate, int64_t less)
{
	const struct ward_claim *c = claim(t, id);
	struct ward_pam_world w = { .candidate = candidate,
		.without_ours = true };
	bool broken;

	if (c->by_plan) {
		w.candidate = WARD_NEW_SHORT;
		w.without_ours = false;
		if (can(t, WARD_PAM_PASSWORD, w, is_set, true) && !t->many) {
			differ(t, id, "by plan");
		}
	}
	if (c->proof == WARD_PROOF_HELD && !c->number.known && c->by_plan) {
		return;
	}
	w.candidate = candidate;
	w.without_ours = true;
	w.number = c->number.known       ? c->number.value - 1 + less :
	    id == WARD_CLAIM_MIN_CLASSES ? 1 :
					   0;
	broken = can(t, WARD_PAM_PASSWORD, w, is_set, false);
	if (t->many) {
		return;
	}
	t->claims++;
	t->held += !broken;
	t->broken += broken;
	if (broken && c->proof == WARD_PROOF_HELD) {
		differ(t, id, "broken");
	}
	t->strict += !broken && c->proof == WARD_PROOF_BROKEN;
}

static void
check_password(struct told *t)
{
	struct ward_pam_world w = { .without_ours = true };

	if (!can(t, WARD_PAM_PASSWORD, w, is_set, false)) {
		if (claim(t, WARD_CLAIM_WEAK)->proof != WARD_PROOF_NONE) {
			t->strict += !t->many;
		}
		return;
	}
	check_demand(t, WARD_CLAIM_MIN_LENGTH, WARD_NEW_SHORT, 0);
	check_demand(t, WARD_CLAIM_MIN_CLASSES, WARD_NEW_FEW_CLASSES, 0);
	check_demand(t, WARD_CLAIM_NAME, WARD_NEW_NAME, 0);
	check_demand(t, WARD_CLAIM_WEAK, WARD_NEW_WEAK, 0);
	check_demand(t, WARD_CLAIM_HISTORY, WARD_NEW_OLD, 1);
}

static unsigned long
rounds(void)
{
	const char *asked = getenv("WARD_STACKS");
	const char *valgrind = getenv("VALGRIND");

	return asked != NULL                      ? strtoul(asked, NULL, 10) :
	    valgrind == NULL || *valgrind == '\0' ? 3000 :
						    60;
}

static void
test_ward_pam_claims__as_all_ways_tried(void **state)
{
	struct host h = { .tree = ward_tree_new(NULL) };
	struct told t = { .host = &h };
	struct made m;

	(void)state;
	for (unsigned long left = rounds(); left > 0; left--) {
		make(&m);
		judge(&h, &m);
		for (t.by = 0; t.by < WARD_CLAIMANTS; t.by++) {
			t.many = false;
			check_auth(&t);
			t.many = false;
			check_account(&t);
			t.many = false;
			check_password(&t);
		}
		done(&h);
	}
	print_message("%lu claims: %lu held, %lu broken, %lu stricter\n",
	    t.claims, t.held, t.broken, t.strict);
	assert_true(t.held > t.claims / 8);
	assert_true(t.broken > t.claims / 8);
	assert_true(t.strict < t.claims / 50);
	ward_tree_remove(h.tree);
}

/* ---- a module that is not known ---------------------------------------------- */

/* One that is not known is taken to refuse at times: other ways may open by
 * that, where its control is an odd one, or it never does refuse. */
static bool
is_plain(const char *control, const char *module)
{
	static const char *const refusing[] = { "pam_unix.so", "pam_deny.so",
		"pam_rootok.so", "pam_pwquality.so", "pam_pwhistory.so" };
	bool plain = strcmp(control, "required") == 0 ||
	    strcmp(control, "requisite") == 0 ||
	    strcmp(control, "optional") == 0;

	for (size_t i = 0; i < LENGTH(refusing); i++) {
		if (strncmp(module, refusing[i], strlen(refusing[i])) == 0) {
			return plain;
		}
	}
	return false;
}

static bool
agrees(enum ward_proof unknown, enum ward_proof known, bool plain)
{
	switch (unknown) {
	case WARD_PROOF_UNKNOWN:
		return true;
	case WARD_PROOF_NONE:
		return known == WARD_PROOF_NONE;
	case WARD_PROOF_HELD:
		return known == WARD_PROOF_HELD || known == WARD_PROOF_NONE;
	default:
		return known != WARD_PROOF_HELD || !plain;
	}
}

static void
differ_show(const struct host *x, const struct host *h,
    const struct ward_claim *claim)
{
	print_message("%s\n", x->text);
	print_message("%s", h->text);
	for (size_t i = 0; i < claim->step_count; i++) {
		print_message("    %u %s: %s\n", claim->steps[i].source.line,
		    claim->steps[i].module, claim->steps[i].code);
	}
}

static enum ward_proof
worse(enum ward_proof a, enum ward_proof b)
{
	return a == WARD_PROOF_BROKEN || b == WARD_PROOF_BROKEN ?
	    WARD_PROOF_BROKEN :
	    a == WARD_PROOF_UNKNOWN || b == WARD_PROOF_UNKNOWN ?
	    WARD_PROOF_UNKNOWN :
	    a;
}

/* LOCKED and COUNTED are of one lockout, and which one it is, and who resets
 * it, is another's matter when there is one more. */
static enum ward_proof
find_proof(const struct ward_claim *claims, size_t id)
{
	return id == WARD_CLAIM_LOCKED || id == WARD_CLAIM_COUNTED ?
	    worse(claims[WARD_CLAIM_LOCKED].proof,
		claims[WARD_CLAIM_COUNTED].proof) :
	    id == WARD_CLAIM_RESET ? WARD_PROOF_UNKNOWN :
				     claims[id].proof;
}

static void
compare(const struct host *x, const struct host *h, bool plain)
{
	for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			const struct ward_claim *a = &x->claims->claims[by][id];
			const struct ward_claim *b = &h->claims->claims[by][id];

			/* Two that keep one spoil it for one another. */
			if (id == WARD_CLAIM_HISTORY &&
			    b->proof == WARD_PROOF_UNKNOWN) {
				continue;
			}
			if (!agrees(find_proof(x->claims->claims[by], id),
				find_proof(h->claims->claims[by], id), plain)) {
				differ_show(x, h, a);
				fail_msg("%s %s: %s, but %s",
				    by == 0 ? "user" : "root",
				    ward_claim_name(id),
				    ward_proof_name(a->proof),
				    ward_proof_name(b->proof));
			}
		}
	}
}

/* Beside a line that sets passwords, one that is not known and by which the
 * call does not succeed is not taken to set any; nor is it taken to be of a
 * lockout whose lines are known. */
static bool
is_second(const struct made *m, uint32_t at, const char *module)
{
	size_t size = strcspn(module, " ");
	bool special = strncmp(module, "pam_unix", 8) == 0 ?
	    m->types[at] == 2 :
	    strncmp(module, "pam_faillock", 12) == 0 ||
		strncmp(module, "pam_acctward", 12) == 0;

	for (uint32_t i = 0; i < m->count; i++) {
		if (special && i != at && m->types[i] == m->types[at] &&
		    strncmp(m->modules[i], module, size) == 0) {
			return true;
		}
	}
	return false;
}

static void
test_ward_pam_claims__unknown_may_be_any(void **state)
{
	struct host h = { .tree = ward_tree_new(NULL) }, x = h;
	unsigned long decided = 0;
	struct made m;

	(void)state;
	for (unsigned long left = rounds() / 4; left > 0; left--) {
		uint32_t at;

		make(&m);
		at = chance(m.count);
		m.modules[at] = "pam_x.so";
		judge(&x, &m);
		for (size_t id = 0; id < WARD_CLAIM_COUNT; id++) {
			decided += x.claims->claims[0][id].proof !=
			    WARD_PROOF_UNKNOWN;
		}
		for (uint32_t i = 0; i < types[m.types[at]].count; i++) {
			if (is_second(&m, at, types[m.types[at]].modules[i])) {
				continue;
			}
			m.modules[at] = types[m.types[at]].modules[i];
			judge(&h, &m);
			compare(&x, &h,
			    is_plain(m.controls[at], m.modules[at]));
			done(&h);
		}
		done(&x);
	}
	print_message("%lu claims decided all the same\n", decided);
	ward_tree_remove(h.tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ward_pam_claims__as_all_ways_tried),
		cmocka_unit_test(test_ward_pam_claims__unknown_may_be_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
