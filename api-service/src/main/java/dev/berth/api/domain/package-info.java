/** What Berth decides about users' wishes, as pure functions of records. */
package dev.berth.api.domain;
