/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_temporary(const char *path, struct ward_output *output,
    struct ward_error *err)
{
	int fd;

	if (asprintf(&output->temporary, "%s.XXXXXX", path) < 0) {
		output->temporary = NULL;
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	/* Mode 0600: a report names accounts and their faults. */
	fd = mkostemp(output->temporary, O_CLOEXEC);
	if (fd < 0) {
		free(output->temporary);
		output->temporary = NULL;
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    strerror(errno));
	}
	output->stream = fdopen(fd, "w");
	if (output->stream == NULL) {
		(void)close(fd);
		ward_output_discard(output);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	return 0;
}

/* A device or pipe can't be replaced, and need not be: true, and it is open.
 * It is looked at only once it is open, and through no link, so that nothing
 * else can be put in its place. */
static bool
open_special(const char *path, struct ward_output *output, int *ret_errno)
{
	int fd = open(path,
	    O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	*ret_errno = fd < 0 ? errno : 0;
	if (fd < 0) {
		return false;
	}
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) &&
	    fcntl(fd, F_SETFL, 0) == 0) {
		output->stream = fdopen(fd, "w");
		if (output->stream != NULL) {
			return true;
		}
	}
	(void)close(fd);
	return false;
}

int
ward_output_open(const char *path, struct ward_output *ret_output,
    struct ward_error *err)
{
	struct ward_output output = { .stream = stdout };
	int failed, r;

	if (path != NULL) {
		output.path = path;
		if (!open_special(path, &output, &failed)) {
			if (failed == ELOOP || failed == ENXIO) {
				return ward_error_set(err, WARD_ERR_UNSAFE,
				    failed == ELOOP ?
					"%s: a symbolic link; name the file "
					"itself" :
					N_("%s: nobody reads the pipe"),
				    path);
			}
			r = open_temporary(path, &output, err);
			if (r != 0) {
				return r;
			}
		}
	}
	*ret_output = output;
	return 0;
}

int
ward_output_commit(struct ward_output *output, struct ward_error *err)
{
	const char *name = output->path == NULL ?
	    ward_error_text(err, "standard output") :
	    output->path;
	bool failed;

	errno = 0;
	failed = fflush(output->stream) != 0 || ferror(output->stream) != 0;
	if (!failed && output->temporary != NULL) {
		failed = fsync(fileno(output->stream)) != 0;
	}
	if (!failed && output->temporary != NULL) {
		failed = rename(output->temporary, output->path) != 0;
	}
	if (failed) {
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", name,
		    errno != 0 ?
			strerror(errno) :
			ward_error_text(err,
			    "write error (no space left, or nobody reads it)"));
	}
	free(output->temporary);
	output->temporary = NULL;
	if (output->path != NULL) {
		(void)fclose(output->stream);
		output->stream = NULL;
	}
	return 0;
}

void
ward_output_discard(struct ward_output *output)
{
	if (output->path != NULL && output->stream != NULL) {
		(void)fclose(output->stream);
		output->stream = NULL;
	}
	if (output->temporary != NULL) {
		(void)unlink(output->temporary);
		free(output->temporary);
		output->temporary = NULL;
	}
}

bool
ward_output_color(const struct ward_output *output,
    const struct ward_options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return !options->no_color && (no_color == NULL || *no_color == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0 &&
	    isatty(fileno(output->stream));
}
