package dev.berth.api.config;

import dev.berth.api.adapter.persistence.IdsDocument;
import dev.berth.api.adapter.persistence.NetworkDocument;
import dev.berth.api.adapter.persistence.TagsDocument;
import dev.berth.api.domain.certificate.StoredCertificate;
import dev.berth.api.domain.instance.RegisteredMachine;
import dev.berth.api.domain.network.NetworkResource;
import dev.berth.api.domain.service.DeploymentOptions;
import dev.berth.api.domain.service.RevisionOptions;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentStatus;
import dev.berth.api.domain.service.ServiceOptions;
import dev.berth.api.domain.service.ServiceRevision;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The documents that only the database holds or that a member of a request is, which Jackson reads
 * and writes by reflection. The records that cross topics are registered by the contracts' own jar.
 */
@RegisterForReflection(
    targets = {
      DeploymentOptions.class,
      IdsDocument.class,
      RegisteredMachine.class,
      RevisionOptions.class,
      ServiceDeployment.class,
      ServiceDeployment.Revision.class,
      ServiceDeployment.RollbackDone.class,
      ServiceDeploymentStatus.class,
      ServiceOptions.class,
      ServiceRevision.class,
      TagsDocument.class,
      NetworkDocument.class,
      NetworkResource.Vpc.class,
      NetworkResource.Subnet.class,
      NetworkResource.SecurityGroup.class,
      NetworkResource.Rule.class,
      StoredCertificate.class
    })
final class NativeReflection {
  private NativeReflection() {}
}
