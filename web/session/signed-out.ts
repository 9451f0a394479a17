import { ref } from 'vue';

/** How often the server has said that it knows nobody here: the log-in follows on it, wherever the page asked from. */
export const signedOut = ref(0);
