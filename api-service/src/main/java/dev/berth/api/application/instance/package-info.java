/** Container instances: describe, list, drain, activate, deregister, attributes. */
package dev.berth.api.application.instance;
