package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.CreateCluster;
import dev.berth.api.application.cluster.DeleteCluster;
import dev.berth.api.application.cluster.DescribeClusters;
import dev.berth.api.application.cluster.UpdateCluster;
import dev.berth.api.domain.cluster.ClusterDescription;
import dev.berth.api.domain.cluster.ClusterRequest;
import dev.berth.api.domain.cluster.ClusterUpdate;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Clusters. */
@Path("/v1/clusters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clusters")
public class ClustersResource {
  /** A page of clusters. */
  public record ClusterList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<ClusterDescription> clusters,
      String nextToken) {}

  private final CreateCluster createCluster;
  private final DescribeClusters describeClusters;
  private final UpdateCluster updateCluster;
  private final DeleteCluster deleteCluster;

  public ClustersResource(
      CreateCluster createCluster,
      DescribeClusters describeClusters,
      UpdateCluster updateCluster,
      DeleteCluster deleteCluster) {
    this.createCluster = createCluster;
    this.describeClusters = describeClusters;
    this.updateCluster = updateCluster;
    this.deleteCluster = deleteCluster;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "createCluster",
      summary = "Create a cluster",
      description = "The name of a cluster that is there answers with that cluster.")
  public Uni<ClusterDescription> create(ClusterRequest request) {
    return createCluster.create(request);
  }

  @GET
  @Operation(operationId = "listClusters", summary = "List the clusters")
  public Uni<ClusterList> list(@RestQuery Integer maxResults, @RestQuery String nextToken) {
    return describeClusters
        .list(Page.Request.of(maxResults, nextToken))
        .map(page -> new ClusterList(page.items(), page.nextToken()));
  }

  @GET
  @Path("{cluster}")
  @Operation(operationId = "describeCluster", summary = "Describe a cluster")
  public Uni<ClusterDescription> describe(@RestPath String cluster) {
    return describeClusters.describe(cluster);
  }

  @PATCH
  @Path("{cluster}")
  @Operation(operationId = "updateCluster", summary = "Change a cluster's settings or tags")
  public Uni<ClusterDescription> update(@RestPath String cluster, ClusterUpdate update) {
    return updateCluster.update(cluster, update);
  }

  @DELETE
  @Path("{cluster}")
  @Operation(
      operationId = "deleteCluster",
      summary = "Delete an empty cluster",
      description = "Refused while the cluster has services, tasks or container instances.")
  public Uni<ClusterDescription> delete(@RestPath String cluster) {
    return deleteCluster.delete(cluster);
  }
}
