/* SPDX-License-Identifier: BSD-2-Clause */
/* A new password, before another module sets it. */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <string.h>

static void
list_init(const struct door_change *c, struct door_list *ret_list)
{
	ret_list->language = c->door->args.language;
	ret_list->text[0] = '\0';
	ret_list->used = 0;
	ret_list->refused = 0;
	ret_list->too_soon = 0;
}

/* Can't be judged: nobody's is set then but root's at the console. */
static int
trouble(struct door_change *c, const struct ward_error *err, int code)
{
	c->unjudged = door_is_exempt(c->door);
	door_fault_and(c->pamh, c->door, c->unjudged ? "not judged" : "refused",
	    err);
	door_tell(c->pamh, c->door,
	    c->unjudged ?
		N_("A new password can't be judged: root's at the "
		   "console is taken as it is.") :
		N_("The password can't be changed now; ask an administrator: "
		   "the system's log says why."));
	door_forget(c->door);
	return c->unjudged ? PAM_SUCCESS : code;
}

static int
refuse(struct door_change *c, const char *sentence,
    const struct door_list *list)
{
	char name[DOOR_NAME_SIZE];
	/* Nothing by which it could be told what was typed. */
	const bool too_soon = list->too_soon > 0 &&
	    list->too_soon == list->refused;
	const struct door_note note = { .by_plan = true,
		.reason = too_soon ? WARD_REASON_NEW_TOO_SOON :
				     WARD_REASON_NONE,
		.by = door_set_by(c->pamh, c->door, name) };

	(void)door_record(c->pamh, c->door, WARD_EVENT_PASSWORD_REFUSED, &note);
	door_tell_list(c->pamh, c->door, PAM_ERROR_MSG, sentence, list);
	return PAM_TRY_AGAIN;
}

/* ---- beforehand ------------------------------------------------------------- */

/* Of the password that the account has now; 0: it is not ours to know. */
static uint64_t
mark_of(const struct door *door)
{
	return door->local == NULL ? 0 : ward_local_password(door->local);
}

/* A caller without privileges sets nothing that is ours to judge. */
static bool
is_without_privileges(const struct door *door, enum door_found who)
{
	return who == DOOR_STRANGER && door->order == NULL;
}

static int
prelim(struct door_change *c)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum door_found who;
	struct door_list list;

	door_forget(c->door);
	who = door_find(c->door, &err);
	if (is_without_privileges(c->door, who)) {
		return PAM_IGNORE;
	}
	c->door->seen = mark_of(c->door);
	c->door->fresh = c->door->seen != 0;
	list_init(c, &list);
	if (who == DOOR_TROUBLE || door_weigh_none(c, &list, &err) != 0) {
		return trouble(c, &err, PAM_TRY_AGAIN);
	}
	door_warn(c->pamh, c->door);
	if (list.used > 0) {
		(void)refuse(c, N_("The password can't be changed yet:"),
		    &list);
		return PAM_AUTHTOK_ERR;
	}
	return PAM_SUCCESS;
}

/* ---- the password ------------------------------------------------------------ */

/* What a program gives us once more, which asks nobody, is refused once. */
static bool
is_known(const struct door_change *c, const char *password)
{
	return c->last[0] != '\0' &&
	    strncmp(c->last, password, sizeof(c->last) - 1) == 0;
}

static void
keep_refused(struct door_change *c, const char *password)
{
	const size_t size = strnlen(password, sizeof(c->last) - 1);

	memcpy(c->last, password, size);
	c->last[size] = '\0';
}

/* PAM_TRY_AGAIN: it is refused. */
static int
weigh(struct door_change *c, const char *password)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum ward_act act = WARD_ACT_NONE;
	struct door_list list;

	if (is_known(c, password)) {
		return PAM_MAXTRIES;
	}
	list_init(c, &list);
	c->judged = 0;
	if (door_find(c->door, &err) == DOOR_TROUBLE ||
	    door_state(c->door, &err) != 0 ||
	    door_weigh(c, password, &list, &act, &err) != 0) {
		return trouble(c, &err, PAM_AUTHTOK_ERR);
	}
	c->door->exempt = act != WARD_ACT_REFUSE && list.refused > 0;
	if (act == WARD_ACT_REFUSE) {
		keep_refused(c, password);
		return refuse(c, N_("The new password is refused:"), &list);
	}
	c->judged = mark_of(c->door);
	door_tell_list(c->pamh, c->door, PAM_TEXT_INFO,
	    N_("The new password is taken, although:"), &list);
	return PAM_SUCCESS;
}

int
door_remember(struct door *door, bool durable, struct ward_error *err)
{
	const char *field = ward_local_field(door->local);
	uint32_t older;

	return field == NULL ||
		!ward_plan_history(door->order->plan, door_class(door),
		    &older) ?
	    0 :
	    ward_history_add(door->state, door->user, field, older, durable,
		err);
}

/*
 * While the account still has it: the next line replaces it. Who has set others
 * meanwhile, with the first answer given and the second one not, has it judged
 * by those too.
 */
static int
keep_old(struct door_change *c, const char *password)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum door_found who;

	if (!door_is_current(c->door)) {
		door_forget_account(c->door);
	}
	who = door_find(c->door, &err);
	if (who != DOOR_TROUBLE && mark_of(c->door) != c->judged) {
		const int r = weigh(c, password);

		if (r != PAM_SUCCESS || c->unjudged) {
			return r;
		}
	}
	if (who == DOOR_TROUBLE ||
	    (who == DOOR_OURS &&
		(door_remember(c->door, true, &err) != 0 ||
		    door_note_change(c->door, c->flags, &err) != 0))) {
		return trouble(c, &err, PAM_AUTHTOK_ERR);
	}
	return PAM_SUCCESS;
}

/* Somebody has pressed Enter too early; or always will. */
static int
miss(struct door_change *c)
{
	if (c->missed) {
		return PAM_MAXTRIES;
	}
	c->missed = true;
	door_tell(c->pamh, c->door, N_("No password was typed."));
	return PAM_TRY_AGAIN;
}

/* No file is held open while somebody is asked. What was found of the account
 * before may be out of date when there is an answer: a good one is kept only if
 * the account still has the password that it was judged with. */
static int
try_one(struct door_change *c)
{
	const char *password = NULL;
	int r = pam_get_authtok_noverify(c->pamh, &password, NULL);

	if (r != PAM_SUCCESS || password == NULL) {
		return r == PAM_SUCCESS ? PAM_AUTHTOK_ERR : r;
	}
	if (*password == '\0') {
		return miss(c);
	}
	r = c->unjudged ? PAM_SUCCESS : weigh(c, password);
	if (r == PAM_SUCCESS && !c->given) {
		door_close(c->door);
		r = pam_get_authtok_verify(c->pamh, &password, NULL);
	}
	if (r == PAM_SUCCESS && !c->unjudged) {
		r = keep_old(c, password);
	}
	door_forget_account(c->door);
	return r;
}

static int
tell_demands(struct door_change *c)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const struct ward_new_password new = door_new_password(c);
	struct door_list list;

	list_init(c, &list);
	if (ward_new_password_demands(c->door->order, &new, door_list_demand,
		&list, &err) != 0) {
		return trouble(c, &err, PAM_AUTHTOK_ERR);
	}
	door_tell_list(c->pamh, c->door, PAM_TEXT_INFO,
	    N_("What a new password has to be like:"), &list);
	return PAM_SUCCESS;
}

static bool
is_given(pam_handle_t *pamh)
{
	const void *token = NULL;

	return pam_get_item(pamh, PAM_AUTHTOK, &token) == PAM_SUCCESS &&
	    token != NULL;
}

/* What a line before has asked for is not asked for again, but refused it is
 * as good as none where we may ask. */
static int
ask(struct door_change *c)
{
	int r = PAM_TRY_AGAIN;

	if (c->given) {
		r = try_one(c);
		c->given = false;
		if (r != PAM_TRY_AGAIN || c->door->args.asks_nothing) {
			return r == PAM_TRY_AGAIN ? PAM_AUTHTOK_ERR : r;
		}
	}
	for (unsigned int i = 0; i < c->door->args.retry && r == PAM_TRY_AGAIN;
	     i++) {
		(void)pam_set_item(c->pamh, PAM_AUTHTOK, NULL);
		r = try_one(c);
	}
	return r == PAM_TRY_AGAIN ? PAM_MAXTRIES :
	    r == PAM_CONV_AGAIN   ? PAM_INCOMPLETE :
				    r;
}

static bool
matches(const char *field, const char *password)
{
	enum ward_match match = WARD_MATCH_UNKNOWN;

	return ward_password_match(field, password, &match, NULL) == 0 &&
	    match == WARD_MATCH_YES;
}

/* Not what somebody else has set meanwhile: it is the very password that a line
 * before has asked for. */
static bool
is_set_already(const struct door_change *c)
{
	const void *given = NULL;
	const char *field = c->door->local == NULL ?
	    NULL :
	    ward_local_field(c->door->local);

	return c->given && field != NULL && c->door->seen != 0 &&
	    mark_of(c->door) != c->door->seen &&
	    pam_get_item(c->pamh, PAM_AUTHTOK, &given) == PAM_SUCCESS &&
	    given != NULL && matches(field, given);
}

/* A stack that is written wrong: told to who can mend it. */
static int
blame(struct door_change *c, const char *detail)
{
	const struct door_note note = { .detail = detail };

	(void)door_record(c->pamh, c->door, WARD_EVENT_FAULT, &note);
	return PAM_AUTHTOK_ERR;
}

static int
update(struct door_change *c)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum door_found who;
	int r = PAM_SUCCESS;

	door_forget_account(c->door);
	who = door_find(c->door, &err);
	c->given = is_given(c->pamh);
	c->door->exempt = false;
	if (is_without_privileges(c->door, who)) {
		return PAM_IGNORE;
	}
	if (who == DOOR_TROUBLE) {
		r = trouble(c, &err, PAM_AUTHTOK_ERR);
	} else if (is_set_already(c)) {
		r = blame(c,
		    "not judged: the line stands behind the one that sets the "
		    "password: put it in front");
		door_tell(c->pamh, c->door,
		    N_("The password was set without being judged: the "
		       "system's log says why."));
	} else if (!c->given && c->door->args.asks_nothing) {
		r = blame(c,
		    "refused: use_authtok, but no line in front has asked for "
		    "a new password");
	} else if (!c->given) {
		r = tell_demands(c);
	}
	if (!c->given) {
		door_close(c->door);
	}
	return r == PAM_SUCCESS ? ask(c) : r;
}

/* For the end, should `changed' not be reached. */
static void
note_taken(const struct door_change *c)
{
	c->door->taken = c->judged;
	if (c->judged != 0) {
		c->door->before = c->judged;
	}
	c->door->sets = (c->flags & PAM_CHANGE_EXPIRED_AUTHTOK) == 0 &&
	    !c->door->password;
}

int
door_quality(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct door_change c = { .pamh = pamh, .flags = flags };
	int r = door_get(pamh, args, flags, &c.door);

	if (r == PAM_SUCCESS) {
		c.door->judges = true;
		r = (flags & PAM_UPDATE_AUTHTOK) == 0 ? prelim(&c) : update(&c);
		if ((flags & PAM_UPDATE_AUTHTOK) != 0 && r == PAM_SUCCESS) {
			note_taken(&c);
		}
		door_forget_account(c.door);
	}
	explicit_bzero(c.last, sizeof(c.last));
	/* A refused one is nothing for the lines behind, whatever becomes of
	 * the stack. */
	if (r != PAM_SUCCESS && r != PAM_IGNORE && r != PAM_INCOMPLETE) {
		(void)pam_set_item(pamh, PAM_AUTHTOK, NULL);
	}
	return r;
}
