// A partner as it is being written down, what is missing, and why a card cannot be read.
import type { CardFault, PartnerContact, PartnerDraft, VCardFault } from '$lib/bindings';
import { m } from '$messages';

/** A partner in a form; a contact keeps its place while it is written. */
export type PartnerPlan = PartnerDraft;

export const freshContact = (): PartnerContact => ({ name: '', title: '', phone: '', email: '' });
export const freshPartner = (): PartnerPlan => ({ name: '', about: '', address: '', contacts: [freshContact()], website: '', note: '' });

const says = (contact: PartnerContact): boolean => Object.values(contact).some((value) => value.trim() !== '');

/** What is missing, in words; the core judges in the end. */
export function errorsOf(plan: PartnerPlan): { name: string; website: string; contacts: { name: string; phone: string; email: string }[] } {
  const site = plan.website.trim();
  return {
    name: plan.name.trim() ? '' : m.partner_error_name(),
    website: !site || /^https?:\/\/[!-~]+$/.test(site) ? '' : m.partner_error_website(),
    contacts: plan.contacts.map((one) => ({
      name: says(one) && !one.name.trim() ? m.partner_error_contact() : '',
      phone: /^[0-9+\-() /,;*#转]*$/.test(one.phone.trim()) ? '' : m.partner_error_phone(),
      email: !one.email.trim() || /^\S+@\S+$/.test(one.email.trim()) ? '' : m.partner_error_email(),
    })),
  };
}

/** What is sent: without contacts that say nothing. */
export const toKeep = (plan: PartnerPlan): PartnerDraft => ({ ...plan, contacts: plan.contacts.filter(says) });

const fields: Record<string, () => string> = {
  name: m.partner_name,
  about: m.partner_about,
  address: m.partner_address,
  website: m.partner_website,
  note: m.partner_memo,
  contacts: m.partner_contacts,
  'contacts.name': m.partner_contact_name,
  'contacts.title': m.partner_contact_title,
  'contacts.phone': m.partner_contact_phone,
  'contacts.email': m.partner_contact_email,
};

/** Why one card cannot be read. */
export function cardWords(fault: CardFault): string {
  switch (fault.is) {
    case 'no-end':
      return m.partner_card_no_end();
    case 'version':
      return fault.version ? m.partner_card_version({ version: fault.version }) : m.partner_card_version_none();
    case 'line':
      return m.partner_card_line({ line: fault.line });
    case 'encoded':
      return m.partner_card_encoded({ line: fault.line });
    case 'no-name':
      return m.partner_card_no_name();
    case 'unfit':
      return m.partner_card_unfit({ field: (fields[fault.field] ?? m.partner_name)() });
  }
}

/** Why a file holds no cards. */
export const fileWords: Record<VCardFault, () => string> = {
  'too-large': m.partner_file_too_large,
  'not-utf8': m.partner_file_not_utf8,
  'too-many': m.partner_file_too_many,
  none: m.partner_file_none,
};
