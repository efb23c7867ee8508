/** ADDRESS_HEADER is the request header in which the proxy hands on the path and query that were asked for. */
export const ADDRESS_HEADER = "x-leeway-address";
