/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-test-vietnamese.h"

#include "mc-keys.h"
#include "mc-locale.h"
#include <glib/gi18n.h>

void
mc_test_vietnamese (int *argc, char ***argv)
{
  mc_locale_init ();
  g_test_init (argc, argv, NULL);
  mc_keys_init ();
  g_assert_cmpstr (_ ("Sign in"), ==, "Đăng nhập");
}
