/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conform.h"

#include <locale.h>

enum
{
  EXIT_CONFORMS,
  EXIT_BROKEN,
  EXIT_USAGE,
  EXIT_NO_CONTACT,
};

static int
usage (void)
{
  g_printerr (
      "Usage: motcua-conform URL CODE CODE CODE\n"
      "Tries a province's server out by data/protocol/specification.md. Never one in service: it\n"
      "receives dossiers. CODE: enrolment codes, two of one office and one of another; the same\n"
      "ones can be used again. Each office needs a clerk, the first an officer and a leader too,\n"
      "and there must be one procedure.\n"
      "Ends with 0 where no rule is broken, 1 where one is, 2 for these words, 3 without "
      "contact.\n");
  return EXIT_USAGE;
}

/* As OpenSSL's programs are told of a CA that the system does not trust. */
static void
trust (void)
{
  const char *path = g_getenv ("SSL_CERT_FILE");
  g_autoptr (GTlsDatabase) database = path != NULL ? g_tls_file_database_new (path, NULL) : NULL;

  if (database != NULL)
    g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

int
main (int argc, char **argv)
{
  g_autoptr (McConform) conform = NULL;
  g_autoptr (GError) error = NULL;
  guint untried = 0;

  setlocale (LC_ALL, "C.UTF-8");
  mc_keys_init ();
  trust ();
  if (argc != 5 || !g_uri_is_valid (argv[1], G_URI_FLAGS_NONE, NULL))
    return usage ();
  conform = mc_conform_new (argv[1]);
  if (!mc_conform_run (conform, (const char *const *)argv + 2, &error))
    {
      g_printerr ("motcua-conform: %s: %s\n", argv[1], error->message);
      return EXIT_NO_CONTACT;
    }
  return mc_conform_report (conform, &untried) > 0 ? EXIT_BROKEN : EXIT_CONFORMS;
}
