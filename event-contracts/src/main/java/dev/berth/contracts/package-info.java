/**
 * The integration surface of Berth: topics, the records that cross them, and how both are written
 * as JSON. A plain jar without a framework, so that anyone who reads Berth's topics can use it.
 */
package dev.berth.contracts;
