import { ref } from 'vue';

/** How often the server has said that it knows nobody here: the log-in follows on it, wherever the page asked from. */
export const signedOut = ref(0);

/** How often it has said that whoever is here may not do something: perhaps they are somebody else by now. */
export const turnedAway = ref(0);
