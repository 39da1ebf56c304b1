/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TPM 2.0 by tpm2-tss. A secret is the data of a sealed object below the storage key; the word is
 * its authorisation, which the chip's own protection against guessing counts. What travels to and
 * from the chip is encrypted under a session salted with the storage key, so that nobody reads it
 * off the board's wires.
 */
#include "mc-chip.h"

#include "mc-error.h"
#include "mc-keys.h"
#include <sodium.h>
#include <string.h>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

/* The kernel's resource manager: any number of programs may ask. */
#define DEVICE "/dev/tpmrm0"
/* Where a system keeps its storage key, if it has made one (TCG TPM v2.0 Provisioning Guidance). */
#define STORAGE_KEY 0x81000001u
/* A sealed object of ours has some 300 bytes. */
#define SEALED_MAX 2048

typedef struct
{
  McChip chip;
  char *connection;
} Tpm;

/* Talk: one conversation with the chip; nothing of ours stays in it afterwards. */
typedef struct
{
  TSS2_TCTI_CONTEXT *road;
  ESYS_CONTEXT *esys;
  ESYS_TR parent;
  gboolean own_parent; /* made for this talk */
  ESYS_TR session;
} Talk;

static void
talk_end (Talk *talk)
{
  if (talk->esys != NULL)
    {
      if (talk->session != ESYS_TR_NONE)
        Esys_FlushContext (talk->esys, talk->session);
      if (talk->parent != ESYS_TR_NONE && talk->own_parent)
        Esys_FlushContext (talk->esys, talk->parent);
      Esys_Finalize (&talk->esys);
    }
  if (talk->road != NULL)
    Tss2_TctiLdr_Finalize (&talk->road);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_end)

/* The storage key that every system makes of the same template: of one chip it is always the same.
 */
static TSS2_RC
make_parent (Talk *talk)
{
  static const TPM2B_SENSITIVE_CREATE nothing = { 0 };
  static const TPM2B_DATA outside = { 0 };
  static const TPML_PCR_SELECTION pcrs = { 0 };
  const TPM2B_PUBLIC template = {
    .publicArea = {
      .type = TPM2_ALG_ECC,
      .nameAlg = TPM2_ALG_SHA256,
      .objectAttributes = TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT | TPMA_OBJECT_FIXEDTPM |
                          TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN |
                          TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA,
      .parameters.eccDetail = {
        .symmetric = { .algorithm = TPM2_ALG_AES, .keyBits.aes = 128, .mode.aes = TPM2_ALG_CFB },
        .scheme.scheme = TPM2_ALG_NULL,
        .curveID = TPM2_ECC_NIST_P256,
        .kdf.scheme = TPM2_ALG_NULL,
      },
    },
  };

  talk->own_parent = TRUE;
  return Esys_CreatePrimary (talk->esys,
                             ESYS_TR_RH_OWNER,
                             ESYS_TR_PASSWORD,
                             ESYS_TR_NONE,
                             ESYS_TR_NONE,
                             &nothing,
                             &template,
                             &outside,
                             &pcrs,
                             &talk->parent,
                             NULL,
                             NULL,
                             NULL,
                             NULL);
}

static TSS2_RC
begin_session (Talk *talk)
{
  const TPMT_SYM_DEF hidden = { .algorithm = TPM2_ALG_AES,
                                .keyBits.aes = 128,
                                .mode.aes = TPM2_ALG_CFB };
  TPMA_SESSION flags = TPMA_SESSION_CONTINUESESSION | TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT;
  TSS2_RC rc = Esys_StartAuthSession (talk->esys,
                                      talk->parent,
                                      ESYS_TR_NONE,
                                      ESYS_TR_NONE,
                                      ESYS_TR_NONE,
                                      ESYS_TR_NONE,
                                      NULL,
                                      TPM2_SE_HMAC,
                                      &hidden,
                                      TPM2_ALG_SHA256,
                                      &talk->session);

  return rc == TSS2_RC_SUCCESS ? Esys_TRSess_SetAttributes (talk->esys, talk->session, flags, 0xff)
                               : rc;
}

/* @made: the storage key made anew, else the one that the system keeps. */
static TSS2_RC
talk_begin (Talk *talk, const char *connection, gboolean made)
{
  TSS2_RC rc;

  *talk = (Talk){ .parent = ESYS_TR_NONE, .session = ESYS_TR_NONE };
  rc = Tss2_TctiLdr_Initialize (connection, &talk->road);
  if (rc == TSS2_RC_SUCCESS)
    rc = Esys_Initialize (&talk->esys, talk->road, NULL);
  if (rc == TSS2_RC_SUCCESS)
    rc = made ? make_parent (talk)
              : Esys_TR_FromTPMPublic (talk->esys,
                                       STORAGE_KEY,
                                       ESYS_TR_NONE,
                                       ESYS_TR_NONE,
                                       ESYS_TR_NONE,
                                       &talk->parent);
  return rc == TSS2_RC_SUCCESS ? begin_session (talk) : rc;
}

/* What a number of tpm2-tss means to us. */
static gboolean
failed (TSS2_RC rc, const char *what, GError **error)
{
  gboolean from_chip = (rc & ~0xfffu) == 0 || (rc & ~0xfffu) == TSS2_RESMGR_TPM_RC_LAYER;
  /* A format-1 code names the parameter or session as well. */
  TSS2_RC code = !from_chip                 ? 0
                 : (rc & TPM2_RC_FMT1) != 0 ? rc & (TPM2_RC_FMT1 | 0x3f)
                                            : rc & 0xfff;

  g_debug ("tpm: %s: %s", what, Tss2_RC_Decode (rc));
  if (code == TPM2_RC_AUTH_FAIL)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_SECRET, "the chip does not know this word");
  else if (code == TPM2_RC_LOCKOUT)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "chip");
  else
    g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "machine");
  return FALSE;
}

/* "made BASE64" or "kept BASE64": below which storage key, and both halves of the object. */
static char *
write_sealed (gboolean made, const TPM2B_PUBLIC *public, const TPM2B_PRIVATE *private)
{
  guint8 bytes[SEALED_MAX];
  size_t length = 0;
  g_autofree char *text = NULL;

  if (Tss2_MU_TPM2B_PUBLIC_Marshal (public, bytes, sizeof bytes, &length) != TSS2_RC_SUCCESS ||
      Tss2_MU_TPM2B_PRIVATE_Marshal (private, bytes, sizeof bytes, &length) != TSS2_RC_SUCCESS)
    return NULL;
  text = g_base64_encode (bytes, length);
  return g_strdup_printf ("%s %s", made ? "made" : "kept", text);
}

static gboolean
read_sealed (const char *sealed, gboolean *ret_made, TPM2B_PUBLIC *public, TPM2B_PRIVATE *private)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;
  size_t at = 0;

  *ret_made = g_str_has_prefix (sealed, "made ");
  if (!*ret_made && !g_str_has_prefix (sealed, "kept "))
    return FALSE;
  bytes = g_base64_decode (sealed + strlen ("made "), &length);
  return Tss2_MU_TPM2B_PUBLIC_Unmarshal (bytes, length, &at, public) == TSS2_RC_SUCCESS &&
         Tss2_MU_TPM2B_PRIVATE_Unmarshal (bytes, length, &at, private) == TSS2_RC_SUCCESS &&
         at == length;
}

static TSS2_RC
create (Talk *talk,
        const guint8 *word,
        const guint8 *secret,
        TPM2B_PUBLIC **public,
        TPM2B_PRIVATE **private)
{
  static const TPM2B_DATA outside = { 0 };
  static const TPML_PCR_SELECTION pcrs = { 0 };
  /* Without "no dictionary attack protection": the chip counts wrong words. */
  const TPM2B_PUBLIC template = {
    .publicArea = {
      .type = TPM2_ALG_KEYEDHASH,
      .nameAlg = TPM2_ALG_SHA256,
      .objectAttributes = TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT,
      .parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL,
    },
  };
  TPM2B_SENSITIVE_CREATE inside = { 0 };
  TSS2_RC rc;

  inside.sensitive.userAuth.size = MC_CHIP_BYTES;
  memcpy (inside.sensitive.userAuth.buffer, word, MC_CHIP_BYTES);
  inside.sensitive.data.size = MC_CHIP_BYTES;
  memcpy (inside.sensitive.data.buffer, secret, MC_CHIP_BYTES);
  rc = Esys_Create (talk->esys,
                    talk->parent,
                    talk->session,
                    ESYS_TR_NONE,
                    ESYS_TR_NONE,
                    &inside,
                    &template,
                    &outside,
                    &pcrs,
                    private,
                    public,
                    NULL,
                    NULL,
                    NULL);
  sodium_memzero (&inside, sizeof inside);
  return rc;
}

static gboolean
seal_below (const char *connection,
            gboolean made,
            const guint8 *word,
            const guint8 *secret,
            char **ret_sealed,
            GError **error)
{
  g_auto (Talk) talk;
  TPM2B_PUBLIC *public = NULL;
  TPM2B_PRIVATE *private = NULL;
  TSS2_RC rc = talk_begin (&talk, connection, made);

  if (rc == TSS2_RC_SUCCESS)
    rc = create (&talk, word, secret, &public, &private);
  *ret_sealed = rc == TSS2_RC_SUCCESS ? write_sealed (made, public, private) : NULL;
  Esys_Free (public);
  Esys_Free (private);
  return *ret_sealed != NULL ? TRUE : failed (rc, "seal", error);
}

static gboolean
tpm_seal (const McChip *self,
          const guint8 *word,
          const guint8 *secret,
          char **ret_sealed,
          GError **error)
{
  const Tpm *tpm = (const Tpm *)self;

  /* The kept key costs no making; where a system keeps none, or one that is not for us, ours. */
  return seal_below (tpm->connection, FALSE, word, secret, ret_sealed, NULL) ||
         seal_below (tpm->connection, TRUE, word, secret, ret_sealed, error);
}

static TSS2_RC
take_out (Talk *talk, ESYS_TR object, const guint8 *word, guint8 *ret_secret)
{
  TPM2B_AUTH auth = { .size = MC_CHIP_BYTES };
  TPM2B_SENSITIVE_DATA *data = NULL;
  TSS2_RC rc;

  memcpy (auth.buffer, word, MC_CHIP_BYTES);
  rc = Esys_TR_SetAuth (talk->esys, object, &auth);
  sodium_memzero (&auth, sizeof auth);
  /* Only the answer is hidden: unsealing sends no parameter. */
  if (rc == TSS2_RC_SUCCESS)
    rc = Esys_TRSess_SetAttributes (talk->esys,
                                    talk->session,
                                    TPMA_SESSION_CONTINUESESSION | TPMA_SESSION_ENCRYPT,
                                    0xff);
  if (rc == TSS2_RC_SUCCESS)
    rc = Esys_Unseal (talk->esys, object, talk->session, ESYS_TR_NONE, ESYS_TR_NONE, &data);
  if (rc == TSS2_RC_SUCCESS && data->size != MC_CHIP_BYTES)
    rc = TPM2_RC_SIZE;
  if (rc == TSS2_RC_SUCCESS)
    memcpy (ret_secret, data->buffer, MC_CHIP_BYTES);
  if (data != NULL)
    sodium_memzero (data, sizeof *data);
  Esys_Free (data);
  return rc;
}

static gboolean
tpm_unseal (const McChip *self,
            const char *sealed,
            const guint8 *word,
            guint8 *ret_secret,
            GError **error)
{
  const Tpm *tpm = (const Tpm *)self;
  TPM2B_PUBLIC public = { 0 };
  TPM2B_PRIVATE private = { 0 };
  gboolean made;
  g_auto (Talk) talk = { .parent = ESYS_TR_NONE, .session = ESYS_TR_NONE };
  ESYS_TR object = ESYS_TR_NONE;
  TSS2_RC rc;

  if (!read_sealed (sealed, &made, &public, &private))
    return failed (TPM2_RC_SIZE, "what was sealed", error);
  rc = talk_begin (&talk, tpm->connection, made);
  if (rc == TSS2_RC_SUCCESS)
    rc = Esys_Load (talk.esys,
                    talk.parent,
                    talk.session,
                    ESYS_TR_NONE,
                    ESYS_TR_NONE,
                    &private,
                    &public,
                    &object);
  if (rc == TSS2_RC_SUCCESS)
    rc = take_out (&talk, object, word, ret_secret);
  if (object != ESYS_TR_NONE)
    Esys_FlushContext (talk.esys, object);
  return rc == TSS2_RC_SUCCESS ? TRUE : failed (rc, "unseal", error);
}

McChip *
mc_chip_new (const char *connection, GError **error)
{
  g_return_val_if_fail (connection != NULL, NULL);

  g_auto (Talk) talk;
  Tpm *tpm;

  /* The library writes to stderr of what is expected here: no chip, a wrong word. */
  g_setenv ("TSS2_LOG", "all+NONE", FALSE);
  if (talk_begin (&talk, connection, TRUE) != TSS2_RC_SUCCESS)
    {
      talk_end (&talk);
      if (talk_begin (&talk, connection, FALSE) != TSS2_RC_SUCCESS)
        {
          g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no TPM at %s", connection);
          return NULL;
        }
    }
  tpm = g_new0 (Tpm, 1);
  tpm->chip.seal = tpm_seal;
  tpm->chip.unseal = tpm_unseal;
  tpm->connection = g_strdup (connection);
  return &tpm->chip;
}

void
mc_chip_free (McChip *chip)
{
  Tpm *tpm = (Tpm *)chip;

  if (tpm == NULL)
    return;
  g_free (tpm->connection);
  g_free (tpm);
}

const McChip *
mc_chip_here (void)
{
  static gsize looked;
  static const McChip *here;

  if (g_once_init_enter (&looked))
    {
      if (g_file_test (DEVICE, G_FILE_TEST_EXISTS))
        here = mc_chip_new ("device:" DEVICE, NULL);
      g_once_init_leave (&looked, 1);
    }
  return here;
}
