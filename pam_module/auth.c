/* SPDX-License-Identifier: BSD-2-Clause */
/* The tally: who may be tested, and what came of it. */
#include "pam_module/door.h"

#include <errno.h>
#include <security/pam_ext.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#define MILLISECOND INT64_C(1000000)
/* What a failure takes is a multiple of this, whatever was wrong. */
#define PACE (250 * MILLISECOND)
/* So long before its end nobody sleeps any more. */
#define PACE_AWAKE MILLISECOND
#define DELAY_MICROSECONDS 2000000 /* as pam_unix(8) asks for */
/* How long to wait for passwords that are being tested. */
#define WAIT (60 * 1000 * MILLISECOND)
#define WAIT_STEP (5 * MILLISECOND)
#define WAIT_STEP_MAX (80 * MILLISECOND)

/* What became of a log-in in spite of a fault. */
#define REFUSED "refused"
#define LET_TRY "let try"
#define LET_IN "let in"

static int64_t
clock_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

static void
sleep_until(int64_t moment)
{
	const struct timespec until = { moment / (1000 * MILLISECOND),
		moment % (1000 * MILLISECOND) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) ==
	    EINTR) {
	}
}

/*
 * Wrong, locked and unknown are not to be told apart by the time they take, so
 * that all of them end at the next step after the password was there. How late
 * a sleeper wakes hangs on what its processor did before, which a password that
 * was verified has kept busy: so not by sleep alone. Last of all, as whatever
 * is done behind it shows.
 */
static void
pace(const struct door *door)
{
	int64_t passed, end;

	if (door->asked != 0) {
		passed = clock_now() - door->asked;
		end = door->asked + (passed / PACE + 1) * PACE;
		sleep_until(end - PACE_AWAKE);
		while (clock_now() < end) {
		}
	}
}

/*
 * sshd(8) hands this on in place of the password of whom it does not let in
 * anyway. It is nobody's guess, and robots on the network are not to lock root
 * with it.
 */
static bool
is_sshd_filler(const char *password)
{
	static const char filler[] = "\b\n\r\177INCORRECT";
	size_t size = strlen(password);

	for (size_t i = 0; i < size; i++) {
		if (password[i] != filler[i % (sizeof(filler) - 1)]) {
			return false;
		}
	}
	return size > 0;
}

/* No line behind is to test a password that may not be tested. */
static void
hide_password(pam_handle_t *pamh)
{
	(void)pam_set_item(pamh, PAM_AUTHTOK, "\177\b\n\rREFUSED");
}

/* Where the modules behind would have asked, somebody has to. */
static void
ask_in_vain(pam_handle_t *pamh, struct door *door)
{
	const char *password;

	if (door->asked == 0) {
		(void)pam_get_authtok(pamh, PAM_AUTHTOK, &password, NULL);
		door->asked = clock_now();
	}
}

static int
refuse(pam_handle_t *pamh, struct door *door, enum ward_event_id id)
{
	(void)door_record(pamh, door, id, NULL);
	door->refused = true;
	door_close(door);
	if (door->args.role == DOOR_PREAUTH) {
		ask_in_vain(pamh, door);
		door_work_in_vain(pamh, door);
	}
	door_forget(door);
	hide_password(pamh);
	pace(door);
	return PAM_AUTH_ERR;
}

/* Closed, but for root at the local console: `open` is what happens there. */
static int
trouble(pam_handle_t *pamh, struct door *door, const char *open,
    const struct ward_error *err)
{
	const bool exempt = door_is_exempt(door);

	door_fault_and(pamh, door, exempt ? open : REFUSED, err);
	door_forget(door);
	if (exempt) {
		return PAM_IGNORE;
	}
	door->refused = true;
	hide_password(pamh);
	pace(door);
	return PAM_AUTH_ERR;
}

static int
enter(struct door *door, const struct ward_limits *limits,
    enum ward_gate *ret_gate, struct ward_error *err)
{
	const int64_t end = clock_now() + WAIT;
	int64_t step = WAIT_STEP;
	int r;

	do {
		r = door_look_at_clocks(door, err);
		if (r == 0 && door->args.own_prompts) {
			r = ward_tally_look(door->tally, limits, &door->now,
			    ret_gate, err);
		} else if (r == 0) {
			r = ward_tally_enter(door->tally, limits, &door->now,
			    &door->from, ret_gate, err);
		}
		if (r != 0 || *ret_gate != WARD_GATE_FULL) {
			return r;
		}
		sleep_until(clock_now() + step);
		step = step * 2 > WAIT_STEP_MAX ? WAIT_STEP_MAX : step * 2;
	} while (clock_now() < end);
	return 0;
}

/* Locked by attempts whose processes died: nobody has said so yet. Who finds
 * that has not done it. */
static void
tell_lock(pam_handle_t *pamh, struct door *door)
{
	const struct door_note note = {
		.detail = "nobody said what came of the attempts that locked it"
	};
	const struct ward_from own = door->from;

	if (door->tally != NULL &&
	    ward_tally_found_lock(door->tally, &door->from)) {
		(void)door_record(pamh, door, WARD_EVENT_LOCKED, &note);
		door->from = own;
	}
}

/* Of an account that has a tally: may its password be tested now? */
static int
admit(pam_handle_t *pamh, struct door *door, const struct ward_limits *limits)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum ward_gate gate = WARD_GATE_LOCKED;
	int r = door_tally(door, WARD_TALLY_MAKE, &err);

	if (r == 0) {
		r = enter(door, limits, &gate, &err);
	}
	if (r != 0) {
		return trouble(pamh, door, LET_TRY, &err);
	}
	tell_lock(pamh, door);
	door->reserved = gate == WARD_GATE_OPEN && !door->args.own_prompts;
	if (gate == WARD_GATE_OPEN) {
		return PAM_IGNORE;
	}
	if (door_is_exempt(door)) {
		(void)door_record(pamh, door, WARD_EVENT_CONSOLE, NULL);
		return PAM_IGNORE;
	}
	return refuse(pamh, door,
	    gate == WARD_GATE_FULL ? WARD_EVENT_BUSY : WARD_EVENT_REFUSED);
}

/* Get the password before anything is looked at, so that a prompt that is left
 * alone keeps nobody out and costs nothing. */
static int
ask(pam_handle_t *pamh, struct door *door, bool *ret_filler)
{
	const char *password = NULL;
	int r;

	*ret_filler = false;
	if (door->args.own_prompts) {
		return PAM_SUCCESS;
	}
	r = pam_get_authtok(pamh, PAM_AUTHTOK, &password, NULL);
	if (r != PAM_SUCCESS) {
		return r == PAM_CONV_AGAIN ? PAM_INCOMPLETE : r;
	}
	*ret_filler = password != NULL && is_sshd_filler(password);
	door->asked = clock_now();
	return PAM_SUCCESS;
}

int
door_preauth(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_limits limits;
	struct door *door;
	bool filler;
	int r = door_begin(pamh, args, flags, &door);

	if (r != PAM_SUCCESS) {
		return r;
	}
	if (!args->nodelay) {
		(void)pam_fail_delay(pamh, DELAY_MICROSECONDS);
	}
	r = ask(pamh, door, &filler);
	door->unanswered = r != PAM_SUCCESS;
	if (r != PAM_SUCCESS || filler) {
		return r == PAM_SUCCESS ? PAM_IGNORE : r;
	}
	switch (door_lockout(door, &limits, &err)) {
	case DOOR_OURS:
		door_warn(pamh, door);
		r = limits.attempts == 0 ? PAM_IGNORE :
					   admit(pamh, door, &limits);
		door->tested = r == PAM_IGNORE;
		break;
	case DOOR_STRANGER:
		r = PAM_IGNORE;
		break;
	default:
		r = trouble(pamh, door, LET_TRY, &err);
		break;
	}
	if (!door->reserved) {
		door_close(door);
	}
	return r;
}

static void
count(pam_handle_t *pamh, struct door *door, const struct ward_limits *limits)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	bool locks = false;
	int r = door_tally(door, WARD_TALLY_MAKE, &err);

	if (r == 0) {
		r = door_look_at_clocks(door, &err);
	}
	if (r == 0) {
		r = ward_tally_fail(door->tally, limits, &door->now,
		    &door->from, &locks, &err);
	}
	if (r != 0) {
		/* What was reserved for it stays, and counts. */
		door_fault_and(pamh, door, REFUSED, &err);
		return;
	}
	door->reserved = false;
	tell_lock(pamh, door);
	(void)door_record(pamh, door, WARD_EVENT_FAILED, NULL);
	if (locks) {
		(void)door_record(pamh, door, WARD_EVENT_LOCKED, NULL);
	}
}

/* What was typed is counted, unless it is nobody's guess. */
static void
count_guess(pam_handle_t *pamh, struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const void *password = NULL;
	struct ward_limits limits;

	if (pam_get_item(pamh, PAM_AUTHTOK, &password) == PAM_SUCCESS &&
	    password != NULL && is_sshd_filler(password)) {
		return;
	}
	switch (door_lockout(door, &limits, &err)) {
	case DOOR_OURS:
		if (limits.attempts > 0) {
			count(pamh, door, &limits);
		}
		break;
	case DOOR_TROUBLE:
		door_fault_and(pamh, door, REFUSED, &err);
		break;
	default:
		break;
	}
}

int
door_authfail(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct door *door;

	if (door_get(pamh, args, flags, &door) != PAM_SUCCESS) {
		return PAM_AUTH_ERR;
	}
	door->tested = false;
	if (!door->refused && !door->unanswered) {
		door_make_up(pamh, door);
		count_guess(pamh, door);
		door_forget(door);
	}
	pace(door);
	return PAM_AUTH_ERR;
}

/* Nothing is made only to be cleared. */
static int
clear(struct door *door, const struct ward_limits *limits,
    enum ward_gate *ret_gate, struct ward_error *err)
{
	int r;

	*ret_gate = WARD_GATE_OPEN;
	if (limits->attempts == 0) {
		return 0;
	}
	r = door_tally(door, WARD_TALLY_KEEP, err);
	if (r == WARD_ERR_MISSING) {
		return 0;
	}
	if (r == 0) {
		r = door_look_at_clocks(door, err);
	}
	if (r == 0) {
		r = ward_tally_succeed(door->tally, limits, &door->now,
		    ret_gate, err);
	}
	return r;
}

/* Where its lines were found, so that the next log-in finds them there. */
static int
keep_hints(struct door *door, struct ward_error *err)
{
	return door->local == NULL || door->tally == NULL ?
	    0 :
	    door_keep_marks(door, false, err);
}

int
door_succeed(pam_handle_t *pamh, struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum ward_gate gate = WARD_GATE_OPEN;
	struct ward_limits limits;
	enum door_found who = door_lockout(door, &limits, &err);
	int r = 0;

	if (who == DOOR_OURS) {
		r = clear(door, &limits, &gate, &err);
		tell_lock(pamh, door);
	}
	if (r == 0 && gate == WARD_GATE_OPEN) {
		r = keep_hints(door, &err);
	}
	if (r != 0 || who == DOOR_TROUBLE) {
		r = trouble(pamh, door, LET_IN, &err);
		return r == PAM_IGNORE ? PAM_SUCCESS : r;
	}
	if (gate != WARD_GATE_OPEN && !door_is_exempt(door)) {
		return refuse(pamh, door, WARD_EVENT_REFUSED);
	}
	door_close(door);
	door->tested = false;
	door->password = true;
	return PAM_SUCCESS;
}

int
door_authsucc(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct door *door;
	int r = door_get(pamh, args, flags, &door);

	if (r != PAM_SUCCESS) {
		return r;
	}
	if (door->refused) {
		pace(door);
		return PAM_AUTH_ERR;
	}
	return door_succeed(pamh, door);
}
