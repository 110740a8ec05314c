/** Task definitions: register, describe, list, deregister. */
package dev.berth.api.application.taskdefinition;
