import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";

/**
 * Who hears of a certificate that expires: nobody, since there are no certificates here. azurerm asks every key vault,
 * and takes 404 for that.
 */
export const getContacts = operation({
  name: "GetCertificateContacts",
  method: "GET",
  path: "/certificates/contacts",
  answer() {
    const message = "The key vault has no certificate contacts. Azure's code for that is not known.";
    throw new ArmError(404, "EmulatorUnverifiedContactsNotFound", message);
  },
});
