import { ok, operation } from "../arm/operation.js";

/** How clients learn where the parts of a cloud are: one variable, `ARM_METADATA_HOSTNAME`, points them here. */
export const metadataEndpoints = operation({
  name: "Metadata endpoints",
  method: "GET",
  path: "/metadata/endpoints",
  answer({ request: { origin, query } }) {
    const version = query.get("api-version") ?? "";
    if (version < "2018-05-01") return ok(azureStackShape(origin));
    const cloud = cloudShape(origin);
    // A list of clouds, until the version in which each cloud speaks for itself.
    return ok(version < "2022-09-01" ? [cloud] : cloud);
  },
});

function cloudShape(origin: string) {
  return {
    // Clients look up by this name what the document does not say.
    name: "AzureCloud",
    portal: origin,
    authentication: {
      loginEndpoint: origin,
      audiences: [origin, "https://management.core.windows.net/", "https://management.azure.com/"],
      // As Azure's own: any other tenant is taken for Azure Stack, by azurerm so that it does not start.
      tenant: "common",
      identityProvider: "AAD",
    },
    resourceManager: origin,
    media: "https://rest.media.azure.net",
    graphAudience: "https://graph.windows.net/",
    graph: "https://graph.windows.net/",
    microsoftGraphResourceId: "https://graph.microsoft.com/",
    batch: "https://batch.core.windows.net/",
    gallery: "https://gallery.azure.com/",
    activeDirectoryDataLake: "https://datalake.azure.net/",
    sqlManagement: "https://management.core.windows.net:8443/",
    vmImageAliasDoc:
      "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/aliases.json",
    appInsightsResourceId: "https://api.applicationinsights.io",
    appInsightsTelemetryChannelResourceId: "https://dc.applicationinsights.azure.com/v2/track",
    attestationResourceId: "https://attest.azure.net",
    synapseAnalyticsResourceId: "https://dev.azuresynapse.net",
    logAnalyticsResourceId: "https://api.loganalytics.io",
    ossrDbmsResourceId: "https://ossrdbms-aad.database.windows.net",
    suffixes: {
      storage: "core.windows.net",
      keyVaultDns: "vault.azure.net",
      mhsmDns: "managedhsm.azure.net",
      acrLoginServer: "azurecr.io",
      sqlServerHostname: "database.windows.net",
      mysqlServerEndpoint: "mysql.database.azure.com",
      postgresqlServerEndpoint: "postgres.database.azure.com",
      mariadbServerEndpoint: "mariadb.database.azure.com",
      azureDataLakeStoreFileSystem: "azuredatalakestore.net",
      azureDataLakeAnalyticsCatalogAndJob: "azuredatalakeanalytics.net",
      synapseAnalytics: "dev.azuresynapse.net",
      attestationEndpoint: "attest.azure.net",
      storageSyncEndpointSuffix: "afs.azure.net",
      azureFrontDoorEndpointSuffix: "azurefd.net",
    },
  };
}

/** The shape of Azure Stack, from before there were several clouds in one document. */
function azureStackShape(origin: string) {
  return {
    galleryEndpoint: "https://gallery.azure.com/",
    graphEndpoint: "https://graph.windows.net/",
    portalEndpoint: origin,
    authentication: { loginEndpoint: `${origin}/`, audiences: [origin, "https://management.azure.com/"] },
  };
}
