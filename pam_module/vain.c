/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The work of a password that nobody tests. On a busy host the time that a hash
 * takes shows beyond any pace: without one, a locked account, and a name that
 * does not exist, would be told from a wrong password.
 */
#include "pam_module/door.h"

#include <string.h>

/* yescrypt at libcrypt's own cost, which Debian's pam_unix sets; of bytes from
 * getrandom(2) that nobody has. */
#define NOBODYS \
	"$y$j9T$H3LQtt.mcmh/u1dyNP3.d0$" \
	"hQkyw38nUqKdPAPIqh/3hSsef3vzlky.4mR.veX7hF2"

/* pam_unix calls crypt(3) twice for each password: an argument of its macro
 * x_strdup() (linux-pam 1.5.2, and since). */
#define TIMES 2

/* That of the account, against which a module behind would hold the password;
 * NULL: it would hold it against none. */
static const char *
own_hash(struct door *door)
{
	struct ward_password_fact fact;
	const char *field;

	if (door_find(door, NULL) != DOOR_OURS) {
		return NULL;
	}
	field = ward_local_field(door->local);
	if (field == NULL) {
		return NULL;
	}
	fact = ward_password_field(field);
	return fact.state == WARD_PASSWORD_USABLE && !fact.strange ? field :
								     NULL;
}

/* The plan's attempts are those whose result somebody gets to know: this one
 * goes nowhere, and nothing hangs on it. */
static void
hash_in_vain(pam_handle_t *pamh, const char *hash)
{
	enum ward_match match;
	const void *password = NULL;

	if (pam_get_item(pamh, PAM_AUTHTOK, &password) == PAM_SUCCESS &&
	    password != NULL) {
		for (int i = 0; i < TIMES; i++) {
			(void)ward_password_match(hash, password, &match, NULL);
		}
	}
}

void
door_work_in_vain(pam_handle_t *pamh, struct door *door)
{
	const char *hash;

	if (!door->args.own_prompts) {
		hash = own_hash(door);
		hash_in_vain(pamh, hash == NULL ? NOBODYS : hash);
	}
}

void
door_make_up(pam_handle_t *pamh, struct door *door)
{
	if (!door->args.own_prompts && own_hash(door) == NULL) {
		hash_in_vain(pamh, NOBODYS);
	}
}
