/** The header in which the gate notes the client's address for the routes; a client's own is removed. */
export const CLIENT_ADDRESS_HEADER = "x-leeway-client-address";
