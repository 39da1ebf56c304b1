/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-letterhead.h"

G_BEGIN_DECLS

/** McReceiptPart: a paper that was handed in; 0 leaves its column empty. */
typedef struct
{
  char *name;
  int originals;
  int certified;
  int photocopies;
} McReceiptPart;

/** McReceiptChild: one of the dossiers that an interlinked procedure is made of. */
typedef struct
{
  char *title;  /* "Đăng ký khai sinh": the colon is the form's */
  char *answer; /* code, body, what is promised */
} McReceiptChild;

/**
 * McReceiptData:
 * What a receipt says, ready to be printed: between reading the store and drawing. A text that is
 * %NULL is left to the pen.
 */
typedef struct
{
  McLetterhead *head;
  char *date; /* "ngày 21 tháng 11 năm 2026" */
  char *code;
  char *applicant;
  char *identity;
  char *address;
  char *phone;
  char *email;
  /* By proxy: who gave the mandate. */
  char *principal;
  char *principal_identity;
  char *principal_address;
  char *principal_phone;
  char *principal_email;
  char *mandate;       /* the paper; NULL with `principal` set: left to the pen */
  char *hander;        /* of an organisation: who hands in for it */
  char *request;       /* the procedure, and what is asked for in words */
  GPtrArray *parts;    /* McReceiptPart */
  GPtrArray *children; /* McReceiptChild */
  char *sets;
  char *term;     /* "03 ngày làm việc" */
  char *received; /* "08 giờ 12 phút, ngày 21 tháng 11 năm 2026" */
  char *promised;
  char *pickup; /* where the result is collected */
  char *clerk;  /* full name */
  char *book;   /* of the register, and the line in it: only once the province has the dossier */
  char *ordinal;
  gboolean certified; /* a certification: pages, copies and fee are on the paper */
  char *pages;
  char *copies;
  char *fee;
  GPtrArray *together; /* (nullable): McReceiptData of each dossier on the paper, this one too */
} McReceiptData;

/** mc_receipt_data_new: nothing filled in. Returns: (transfer full) */
McReceiptData *mc_receipt_data_new (void);
void mc_receipt_data_free (McReceiptData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McReceiptData, mc_receipt_data_free)
void mc_receipt_data_add_part (McReceiptData *data,
                               const char *name,
                               int originals,
                               int certified,
                               int photocopies);
void mc_receipt_data_add_child (McReceiptData *data, const char *title, const char *answer);

G_END_DECLS
