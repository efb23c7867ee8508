export {
  type FeatureKind,
  type FeatureSchema,
  featureSchemaSchema,
  featureSchemas,
} from "./feature-schema.ts";
