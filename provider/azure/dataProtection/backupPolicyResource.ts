/** https://learn.microsoft.com/rest/api/dataprotection/backup-policies/get */
export interface BackupPolicyResource {
  id: string;
  name: string;
  properties: { datasourceTypes?: string[]; policyRules?: PolicyRule[] };
}

/** A backup rule has a `dataStore`, a retention rule `lifecycles`. */
export interface PolicyRule {
  objectType?: string;
  dataStore?: DataStore;
  lifecycles?: { sourceDataStore?: DataStore; targetDataStoreCopySettings?: { dataStore?: DataStore }[] | null }[];
}

export interface DataStore {
  dataStoreType?: string;
}
