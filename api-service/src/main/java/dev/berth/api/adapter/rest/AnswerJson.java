package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.service.ServiceDeploymentDescription;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.task.TaskDescription;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * How answers are written: absent members are omitted, times are ISO 8601. Resources keep their
 * empty lists, so that a script can go over a service's events before there are any.
 */
@Singleton
public class AnswerJson implements ObjectMapperCustomizer {
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithEmptyLists {}

  @Override
  public void customize(ObjectMapper mapper) {
    mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    mapper.setDefaultPropertyInclusion(
        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
    List.of(
            ClusterDescription.class,
            ServiceDescription.class,
            ServiceDeploymentDescription.class,
            TaskDescription.class,
            TaskDescription.Container.class,
            ContainerInstanceDescription.class,
            ContainerInstanceDescription.Resource.class,
            TargetGroupDescription.class)
        .forEach(type -> mapper.addMixIn(type, WithEmptyLists.class));
  }
}
