/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_CHIP_BYTES 32

/**
 * McChip:
 * The machine's security chip. What is sealed by it opens on this machine only, for the right word
 * only, and the chip itself counts wrong words and then refuses for a while, whatever program or
 * system asks it: so a short PIN stands even against whoever has the whole machine. A value, so
 * that a test brings its own. Its calls may take a second.
 */
typedef struct _McChip McChip;
struct _McChip
{
  /** seal: @secret under @word, both %MC_CHIP_BYTES. @ret_sealed: (transfer full): text that only
   * this chip opens; it may lie anywhere */
  gboolean (*seal) (const McChip *self,
                    const guint8 *word,
                    const guint8 *secret,
                    char **ret_sealed,
                    GError **error);
  /** unseal: Errors: #MC_ERROR_SECRET (another word), #MC_ERROR_REFUSED "chip" (too many wrong
   * ones: it takes none for a while), #MC_ERROR_REFUSED "machine" (sealed by another chip, or this
   * one was cleared, or is not there today) */
  gboolean (*unseal) (const McChip *self,
                      const char *sealed,
                      const guint8 *word,
                      guint8 *ret_secret,
                      GError **error);
  gpointer data;
};

/** mc_chip_here: this machine's TPM 2.0, or %NULL where there is none or it may not be used. Looked
 * for once. Borrowed. */
const McChip *mc_chip_here (void);

/** mc_chip_new: the TPM that @connection leads to (a TCTI of tpm2-tss, "device:/dev/tpmrm0").
 * Errors: #MC_ERROR_NOT_FOUND: nobody answers there. Returns: (transfer full) */
McChip *mc_chip_new (const char *connection, GError **error);
void mc_chip_free (McChip *chip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McChip, mc_chip_free)

G_END_DECLS
