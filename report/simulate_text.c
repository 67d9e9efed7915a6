/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For people: whether anybody would be stopped, and whether root would still
 * get in; what failed log-ins would lead to; then who would be refused, who
 * asked to change the password, and who warned.
 */
#include "report/formats.h"
#include "report/list.h"
#include "report/simulation.h"

#define RED "\033[1;31m"
#define MAGENTA "\033[35m"
#define GREEN "\033[32m"

/* The hardest comes first. */
static const struct {
	enum ward_act act;
	const char *heading, *also;
} groups[] = {
	{ WARD_ACT_REFUSE, N_("Refused"), N_("refused as well") },
	{ WARD_ACT_CHANGE, N_("Asked to change the password when it is used"),
	    N_("asked to change the password as well") },
	{ WARD_ACT_WARN, N_("Let in, and warned"), N_("warned as well") },
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))

static void
put_line(const struct ward_report *report, const char *color, const char *text)
{
	(void)fprintf(report->stream, "%s%s%s\n", report->color ? color : "",
	    ward_text(report->language, text), report->color ? "\033[0m" : "");
}

/* Whoever may not read a file sees less than the door would. */
static bool
is_all_known(const struct ward_simulation *sim)
{
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		if (sim->unknown[i] > 0) {
			return false;
		}
	}
	return true;
}

static void
put_head(const struct ward_report *report, const struct ward_simulation *sim)
{
	const bool stops = sim->fault != NULL ||
	    sim->acts[WARD_ACT_REFUSE] > 0 || sim->acts[WARD_ACT_CHANGE] > 0;
	char user[WARD_CLEAN_SIZE];

	ward_text_title(report);
	if (report->only.user != NULL) {
		ward_clean_text(report->only.user, user, sizeof(user));
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"Only the account '%s' was looked at\n"),
		    user);
	}
	if (sim->root == WARD_ROOT_UNKNOWN || sim->root == WARD_ROOT_NOBODY ||
	    sim->root == WARD_ROOT_CONSOLE) {
		put_line(report, RED, ward_root_text(sim));
	}
	put_line(report,
	    stops                 ? RED :
		is_all_known(sim) ? GREEN :
				    MAGENTA,
	    sim->fault != NULL    ? N_("EVERYBODY WOULD BE STOPPED") :
		stops             ? N_("SOMEBODY WOULD BE STOPPED") :
		is_all_known(sim) ? N_("NOBODY WOULD BE STOPPED") :
				    N_("NOBODY WOULD BE STOPPED, AS FAR AS IS "
				       "KNOWN"));
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"refused: %llu, asked to change the password: %llu, warned: "
		"%llu; accounts: %llu, privileged: %llu\n"),
	    (unsigned long long)sim->acts[WARD_ACT_REFUSE],
	    (unsigned long long)sim->acts[WARD_ACT_CHANGE],
	    (unsigned long long)sim->acts[WARD_ACT_WARN],
	    (unsigned long long)sim->accounts,
	    (unsigned long long)sim->privileged);
}

/* Of all, or of those of which it can't do its work. */
static void
put_faults(const struct ward_report *report, const struct ward_simulation *sim)
{
	char text[WARD_CLEAN_SIZE + 256], subject[4096];
	bool any = sim->fault != NULL;

	if (any) {
		ward_fault_text(report, sim->fault, text, sizeof(text));
		(void)fprintf(report->stream, "\n%s\n  %s\n",
		    ward_text(report->language,
			"Refused, all but root at the local console"),
		    text);
	}
	for (const struct ward_simulated *account = sim->list; account != NULL;
	     account = account->next) {
		const struct ward_subject who = { .type = WARD_SUBJECT_ACCOUNT,
			.name = account->name,
			.uid = account->uid,
			.class = account->class };

		if (account->fault == NULL) {
			continue;
		}
		if (!any) {
			(void)fprintf(report->stream, "\n%s\n",
			    ward_text(report->language,
				"Refused, whatever the plan says"));
		}
		any = true;
		ward_subject_text(report, &who, subject, sizeof(subject));
		ward_fault_text(report, account->fault, text, sizeof(text));
		(void)fprintf(report->stream, "  %s: %s\n", subject, text);
	}
}

/* Whom a history of their own keeps from it. */
static void
put_stuck(const struct ward_report *report, const struct ward_simulation *sim)
{
	char text[WARD_CLEAN_SIZE], subject[4096];

	(void)fprintf(report->stream, "%s", report->color ? RED : "");
	(void)fprintf(report->stream,
	    ward_text(report->language, "ASKED TO CHANGE, BUT COULD NOT: %llu"),
	    (unsigned long long)sim->stuck);
	(void)fprintf(report->stream, "%s\n", report->color ? "\033[0m" : "");
	for (const struct ward_simulated *account = sim->list; account != NULL;
	     account = account->next) {
		const struct ward_subject who = { .type = WARD_SUBJECT_ACCOUNT,
			.name = account->name,
			.uid = account->uid,
			.class = account->class };

		if (account->no_change != NULL) {
			ward_subject_text(report, &who, subject,
			    sizeof(subject));
			ward_clean_text(account->no_change, text, sizeof(text));
			(void)fprintf(report->stream, "  %s: %s\n", subject,
			    text);
		}
	}
}

/* Whether who is asked to change the password could. */
static void
put_changes(const struct ward_report *report, const struct ward_simulation *sim)
{
	const struct ward_changes *changes = sim->changes;
	char text[WARD_CLEAN_SIZE];

	if (changes != NULL && changes->fault != NULL) {
		ward_clean_text(changes->fault, text, sizeof(text));
		(void)fprintf(report->stream, "%s", report->color ? RED : "");
		(void)fprintf(report->stream,
		    sim->stuck > 0 ?
			ward_text(report->language,
			    "ASKED TO CHANGE, BUT COULD NOT: %llu: ") :
			"",
		    (unsigned long long)sim->stuck);
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"nobody can set a new password: %s"),
		    text);
		(void)fprintf(report->stream, "%s\n",
		    report->color ? "\033[0m" : "");
	} else if (sim->stuck > 0) {
		put_stuck(report, sim);
	}
	if (changes != NULL && changes->lacks != NULL) {
		ward_clean_text(changes->lacks, text, sizeof(text));
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"New passwords are not looked up in the dictionary %s, "
			"which is not there\n"),
		    text);
	}
}

/* The classes of the accounts there are for which the same holds as for this
 * one; false: it holds for all. */
static bool
list_alike(const struct ward_report *report, const struct ward_simulation *sim,
    enum ward_class class, char *text, size_t size)
{
	size_t used = 0;
	bool others = false;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		const bool same = ward_lockout_same(&sim->lockouts[class],
		    &sim->lockouts[c]);

		others |= sim->classes[c] > 0 && !same;
		if (sim->classes[c] > 0 && same && used < size) {
			used += (size_t)snprintf(text + used, size - used,
			    "%s%s", used > 0 ? ", " : "",
			    ward_text(report->language, ward_class_name(c)));
		}
	}
	return others;
}

/* "Failed log-ins (person): 5 of them lock …" */
static void
put_lockout(const struct ward_report *report, const struct ward_simulation *sim,
    enum ward_class class)
{
	const struct ward_simulated_lockout *lockout = &sim->lockouts[class];
	char text[1024], clauses[4096], classes[256] = "";
	const bool some = list_alike(report, sim, class, classes,
	    sizeof(classes));

	ward_simulated_lockout_text(report, lockout, text, sizeof(text));
	ward_lockout_clauses(lockout, clauses, sizeof(clauses));
	(void)fprintf(report->stream, "%s%s%s%s: %s%s%s%s%s\n",
	    ward_text(report->language, "Failed log-ins"), some ? " (" : "",
	    some ? classes : "", some ? ")" : "", text,
	    lockout->agency ? ward_text(report->language,
				  " (the limit is an agency setting)") :
			      "",
	    *clauses != '\0' ? " (" : "", clauses, *clauses != '\0' ? ")" : "");
}

/* A line for the classes for which the same holds. */
static void
put_lockouts(const struct ward_report *report,
    const struct ward_simulation *sim)
{
	(void)fputc('\n', report->stream);
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		bool told = sim->classes[c] == 0;

		for (enum ward_class before = 0; before < c; before++) {
			told |= sim->classes[before] > 0 &&
			    ward_lockout_same(&sim->lockouts[before],
				&sim->lockouts[c]);
		}
		if (!told) {
			put_lockout(report, sim, c);
		}
	}
}

/* "name", "name (word)" */
static void
put_name(const struct ward_simulated *account, const char *word,
    struct ward_list *list)
{
	char name[WARD_CLEAN_SIZE], text[WARD_CLEAN_SIZE + 256];

	ward_clean_text(account->name, name, sizeof(name));
	(void)snprintf(text, sizeof(text), "%s%s%s%s",
	    *name != '\0' ? name : "\"\"", *word != '\0' ? " (" : "", word,
	    *word != '\0' ? ")" : "");
	ward_list_put(list, text);
}

static void
put_root(const struct ward_report *report, const struct ward_simulated *account,
    struct ward_list *list)
{
	char words[256];

	if (account->ways != 0) {
		ward_ways_text(report, account, words, sizeof(words));
		put_name(account, words, list);
	}
}

static void
put_glass(const struct ward_report *report,
    const struct ward_simulated *account, struct ward_list *list)
{
	if (account->glass) {
		put_name(account,
		    account->absent ?
			ward_text(report->language, "no such account") :
			"",
		    list);
	}
}

static void
put_failing(const struct ward_report *report,
    const struct ward_simulated *account, struct ward_list *list)
{
	char words[32 + WARD_MOMENT_SIZE], last[WARD_MOMENT_SIZE];

	if (account->failing) {
		ward_moment_format((struct ward_moment){ account->last_failure,
				       report->host->now.zone },
		    last);
		(void)snprintf(words, sizeof(words), "%lld, %s",
		    (long long)account->failures, last);
		put_name(account, words, list);
	}
}

static void
put_locked(const struct ward_report *report,
    const struct ward_simulated *account, struct ward_list *list)
{
	char words[256];

	if (account->locked) {
		(void)snprintf(words, sizeof(words),
		    ward_text(report->language, "for %lld seconds more"),
		    (long long)account->lock_left);
		put_name(account, words, list);
	}
}

static void
put_days(const struct ward_report *report, const struct ward_simulated *account,
    struct ward_list *list)
{
	char words[256];

	if (account->told) {
		ward_days_text(report, account, words, sizeof(words));
		put_name(account, words, list);
	}
}

static void
put_names(const struct ward_report *report, const struct ward_simulation *sim)
{
	static const struct {
		const char *label;
		void (*put)(const struct ward_report *,
		    const struct ward_simulated *, struct ward_list *);
	} lists[] = {
		{ N_("With root's powers would get in"), put_root },
		{ N_("Break-glass accounts"), put_glass },
		{ N_("Locked now"), put_locked },
		{ N_("With as many failures on record as would lock them "
		     "(number, last)"),
		    put_failing },
		{ N_("Let in, and told of the days left"), put_days },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct ward_list list = { .stream = report->stream,
			.label = ward_text(report->language, lists[i].label) };

		for (const struct ward_simulated *account = sim->list;
		     account != NULL; account = account->next) {
			lists[i].put(report, account, &list);
		}
		if (lists[i].put == put_locked && !sim->locks_known) {
			ward_list_put(&list,
			    ward_text(report->language, "not known"));
		}
		ward_list_end(&list);
	}
}

static void
put_not_judged(const struct ward_report *report,
    const struct ward_simulation *sim)
{
	struct ward_list unknown = { .stream = report->stream,
		.label = ward_text(report->language,
		    "Not known, so that nothing would happen (accounts)") };
	struct ward_list unset = { .stream = report->stream,
		.label = ward_text(report->language,
		    "Not judged, as no number is set (acctward.conf)") };
	char text[WARD_TOPIC_SIZE + 32];

	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		if (sim->unknown[i] > 0) {
			(void)snprintf(text, sizeof(text), "%s (%llu)",
			    ward_rules[i].id,
			    (unsigned long long)sim->unknown[i]);
			ward_list_put(&unknown, text);
		}
	}
	ward_list_end(&unknown);
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		if (sim->unset[i]) {
			ward_list_put(&unset, ward_rules[i].id);
		}
	}
	ward_list_end(&unset);
}

/* "RULE: why (clauses) [file:line]; note" */
static void
put_why(const struct ward_report *report, const struct ward_simulated *account,
    const struct ward_kept *kept)
{
	const struct ward_finding *finding = &kept->finding;
	const char *note = ward_kept_note(account, kept);
	char message[4096], clauses[4096], where[WARD_CLEAN_SIZE + 32];

	ward_finding_message(finding, report->language, ward_clean_text,
	    message, sizeof(message));
	ward_citations_text(&finding->citations, clauses, sizeof(clauses));
	ward_source_text(finding->source, where, sizeof(where));
	(void)fprintf(report->stream, "%s: %s%s%s%s%s%s%s%s\n",
	    ward_rules[finding->rule].id, message,
	    finding->agency ? ward_text(report->language,
				  " (the limit is an agency setting)") :
			      "",
	    *clauses != '\0' ? " (" : "", clauses, *clauses != '\0' ? ")" : "",
	    where, note != NULL ? ward_text(report->language, "; ") : "",
	    note != NULL ? ward_text(report->language, note) : "");
}

/* A line for why, one for how to mend it, which of a password to be changed
 * is no question; then what else would happen. */
static void
put_account(const struct ward_report *report,
    const struct ward_simulated *account)
{
	const struct ward_subject subject = { .type = WARD_SUBJECT_ACCOUNT,
		.name = account->name,
		.uid = account->uid,
		.class = account->class };
	char text[4096];

	for (const struct ward_kept *kept = account->findings; kept != NULL;
	     kept = kept->next) {
		if (kept == account->findings) {
			ward_subject_text(report, &subject, text, sizeof(text));
			(void)fprintf(report->stream, "  %s: ", text);
		} else {
			for (size_t i = 0; i < GROUPS; i++) {
				(void)fprintf(report->stream,
				    groups[i].act == kept->act ? "      %s: " :
								 "",
				    ward_text(report->language,
					groups[i].also));
			}
		}
		put_why(report, account, kept);
		ward_finding_remedy(&kept->finding, report->language,
		    ward_clean_text, text, sizeof(text));
		if (kept->act != WARD_ACT_CHANGE && *text != '\0') {
			(void)fprintf(report->stream, "      -> %s\n", text);
		}
	}
}

static bool
has_any(const struct ward_simulation *sim, enum ward_act act)
{
	for (const struct ward_simulated *account = sim->list; account != NULL;
	     account = account->next) {
		if (account->act == act && !account->shut) {
			return true;
		}
	}
	return false;
}

static int
put(struct ward_report *report, const struct ward_simulation *sim)
{
	put_head(report, sim);
	put_changes(report, sim);
	put_lockouts(report, sim);
	put_names(report, sim);
	put_not_judged(report, sim);
	put_faults(report, sim);
	for (size_t i = 0; i < GROUPS; i++) {
		if (has_any(sim, groups[i].act)) {
			(void)fprintf(report->stream, "\n%s\n",
			    ward_text(report->language, groups[i].heading));
		}
		for (const struct ward_simulated *account = sim->list;
		     account != NULL; account = account->next) {
			if (account->act == groups[i].act && !account->shut) {
				put_account(report, account);
			}
		}
	}
	return 0;
}

static int
put_fleet(struct ward_report *report)
{
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"\nHosts: %zu; those where somebody would be stopped: %llu\n"),
	    report->count, (unsigned long long)report->verdicts[WARD_FAIL]);
	return 0;
}

const struct ward_simulate_format ward_simulate_text = {
	.name = "text",
	.put = put,
	.fleet = put_fleet,
};
