/** The source of what is done in the product itself, and of the token that the product sends with. */
export const OWN_SOURCE = 'toan-canh';
